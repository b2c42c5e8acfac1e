using Automation.Marketing.Chat;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Insights;

/// <summary>What can be learnt from the chat's last 30 days: how much it was asked and answered, what it has no answer
/// for, how long people took, orders within three days after a conversation.</summary>
public sealed class GetChatInsights(ChatDesk desk, TimeProvider time)
{
    private const int Days = 30;

    [Function(nameof(GetChatInsights))]
    public async Task<Ok<ChatReport>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/insights/chats")] HttpRequest request) =>
        TypedResults.Ok(await desk.Learn(time.GetUtcNow().AddDays(-Days), request.HttpContext.RequestAborted));
}

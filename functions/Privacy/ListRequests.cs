using Automation.Functions.Http;
using Automation.Marketing;
using Automation.Marketing.Privacy;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Privacy;

/// <summary>What the law lets people and platforms ask for: <c>?open=true</c> only what waits for an answer.</summary>
public sealed class ListRequests(Requests requests)
{
    [Function(nameof(ListRequests)), Asks("open")]
    public async Task<Ok<Page<Request>>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/requests")] HttpRequest request)
    {
        var open = request.Query("open") == "true";
        return TypedResults.Ok(new Page<Request>(await requests.List()
            .Where(one => !open || one.AnsweredAt is null)
            .ToListAsync(request.HttpContext.RequestAborted)));
    }
}

using Automation.Functions.Http;
using Automation.Marketing.Newsletters.Issues;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Newsletters;

/// <summary>Sends an issue now, knowing what that is expected to cost.</summary>
public sealed class ConfirmIssue(IssueService desk)
{
    [Function(nameof(ConfirmIssue))]
    public async Task<Results<Accepted<IssueReport>, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/newsletters/{id}/issues/{date}/confirm")]
        HttpRequest request,
        string id, string date)
    {
        var (report, refused) = await desk.Confirm($"{id}/{date}", request.HttpContext.RequestAborted);
        return report is not null ? TypedResults.Accepted((string?)null, report) : refused!;
    }
}

using Automation.Functions.Http;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Newsletters;

/// <summary>How far an issue is and what became of its audience, counted from its chunks at this moment; before its
/// slot has come, what the calendar says.</summary>
public sealed class GetIssue(IssueService desk)
{
    [Function(nameof(GetIssue))]
    public async Task<Results<Ok<IssueReport>, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/newsletters/{id}/issues/{date}")]
        HttpRequest request,
        string id, string date) =>
        IssueId.Parse($"{id}/{date}") is { } name
            && await desk.Report(name, request.HttpContext.RequestAborted) is { } report
            ? TypedResults.Ok(report)
            : Missing.Issue;
}

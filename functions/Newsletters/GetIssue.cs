using Automation.Functions.Http;
using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Newsletters;

/// <summary>
/// How far an issue is and what became of its audience, counted from its chunks at this moment; before its slot has
/// come, what the calendar says.
/// </summary>
public sealed class GetIssue(IssueStore issues, NewsletterCalendar calendar, ChunkLedger ledger)
{
    [Function(nameof(GetIssue))]
    public async Task<Results<Ok<IssueReport>, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/newsletters/{id}/issues/{date}")]
        HttpRequest request,
        string id, string date)
    {
        var cancellation = request.HttpContext.RequestAborted;
        if (IssueId.Parse($"{id}/{date}") is not { } name) return Missing.Issue;
        var issue = (await issues.Find(name, cancellation))?.Value ?? await Coming(name, cancellation);
        return issue is null
            ? Missing.Issue
            : TypedResults.Ok(new IssueReport(issue, await ledger.Tally(name, cancellation)));
    }

    private async Task<Issue?> Coming(IssueId id, CancellationToken cancellation) =>
        await calendar.Coming(id, cancellation) is { } slot ? new Issue { Id = id, State = slot.State, Slot = slot.Slot.At, File = slot.File, Because = slot.Because } : null;
}

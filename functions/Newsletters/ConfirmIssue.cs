using Automation.Functions.Http;
using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Newsletters;

/// <summary>Sends an issue now, knowing what that is expected to cost.</summary>
public sealed class ConfirmIssue(IssueStart start, ChunkLedger ledger)
{
    [Function(nameof(ConfirmIssue))]
    public async Task<Results<Accepted<IssueReport>, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/newsletters/{id}/issues/{date}/confirm")]
        HttpRequest request,
        string id, string date)
    {
        var cancellation = request.HttpContext.RequestAborted;
        if (IssueId.Parse($"{id}/{date}") is not { } name || await start.Confirm(name, cancellation) is not { } moved)
            return Missing.Issue;
        return moved.Issue is { } issue
            ? TypedResults.Accepted((string?)null, new IssueReport(issue, await ledger.Tally(name, cancellation)))
            : Refusal.Conflict($"This cannot be sent: {moved.Refusal}.");
    }
}

using Automation.Functions.Hosting;
using Automation.Marketing.Newsletters;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Newsletters;

/// <summary>How far an issue is and what became of its audience, counted from its chunks at this moment; before its slot has come, what the calendar says.</summary>
public sealed class GetIssue(IssueStore issues, NewsletterCalendar calendar, ChunkLedger ledger)
{
    [Function(nameof(GetIssue))]
    public async Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/newsletters/{id}/issues/{date}")] HttpRequest request)
    {
        var http = request.HttpContext;
        if (http.Issue() is not { } id || ((await issues.Find(id, http.RequestAborted))?.Value ?? await Coming(id, http.RequestAborted)) is not { } issue) { await http.NoSuchIssue(); return; }
        var tally = await ledger.Tally(id, http.RequestAborted);
        await http.Ok(json => json.Write(issue, tally));
    }

    private async Task<Issue?> Coming(IssueId id, CancellationToken cancellation) =>
        await calendar.Coming(id, cancellation) is { } slot ? new Issue { Id = id, State = slot.State, Slot = slot.Slot.At, File = slot.File, Because = slot.Because } : null;
}

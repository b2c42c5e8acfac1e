using Automation.Functions.Hosting;
using Automation.Marketing.Newsletters;

namespace Automation.Functions.Newsletters;

/// <summary>Holds an issue, lets it go on, ends it (also before its slot has come), or tries its failures again.</summary>
public sealed class SteerIssue(IssueDesk desk, SlotDesk slots, NewsletterCalendar calendar, ChunkLedger ledger)
{
    public Task Pause(HttpContext http) => Make(http, IssueMove.Pause);
    public Task Retry(HttpContext http) => Make(http, IssueMove.Retry);

    /// <summary>Lets it go on; where somebody had cancelled a slot that has not come, that is taken back.</summary>
    public async Task Resume(HttpContext http)
    {
        if (http.Issue() is not { } id || await slots.Restore(
            id, http.RequestAborted) is not { } issue) { await Make(http, IssueMove.Resume); return; }
        var tally = await ledger.Tally(id, http.RequestAborted);
        await http.Ok(json => json.Write(issue, tally));
    }

    public async Task Cancel(HttpContext http)
    {
        if (http.Issue() is { } id) await slots.Skip(id, http.RequestAborted);
        await Make(http, IssueMove.Cancel);
    }

    private async Task Make(HttpContext http, IssueMove move)
    {
        if (http.Issue() is not { } id) { await http.NoSuchIssue(); return; }
        if (await desk.Make(move, id, http.RequestAborted) is not { } moved)
        {
            if (await calendar.Coming(id, http.RequestAborted) is null) await http.NoSuchIssue();
            else await http.Refuse(StatusCodes.Status409Conflict, "This cannot be done: its slot has not come. It can be cancelled.");
            return;
        }
        if (moved.Issue is not { } issue) { await http.Refuse(StatusCodes.Status409Conflict, $"This cannot be done: {moved.Refusal}."); return; }
        var tally = await ledger.Tally(id, http.RequestAborted);
        await http.Ok(json => json.Write(issue, tally));
    }
}

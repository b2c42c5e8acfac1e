using Automation.Functions.Hosting;
using Automation.Marketing.Newsletters;

namespace Automation.Functions.Newsletters;

/// <summary>Holds an issue, lets it go on, ends it, or tries its failures again.</summary>
public sealed class SteerIssue(IssueDesk desk, ChunkLedger ledger)
{
    public Task Pause(HttpContext http) => Make(http, IssueMove.Pause);
    public Task Resume(HttpContext http) => Make(http, IssueMove.Resume);
    public Task Cancel(HttpContext http) => Make(http, IssueMove.Cancel);
    public Task Retry(HttpContext http) => Make(http, IssueMove.Retry);

    private async Task Make(HttpContext http, IssueMove move)
    {
        if (http.Issue() is not { } id || await desk.Make(move, id, http.RequestAborted) is not { } moved) { await http.NoSuchIssue(); return; }
        if (moved.Issue is not { } issue) { await http.Refuse(StatusCodes.Status409Conflict, $"This cannot be done: {moved.Refusal}."); return; }
        var tally = await ledger.Tally(id, http.RequestAborted);
        await http.Ok(json => json.Write(issue, tally));
    }
}

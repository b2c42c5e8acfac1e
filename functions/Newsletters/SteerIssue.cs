using Automation.Functions.Hosting;
using Automation.Marketing.Newsletters;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Newsletters;

/// <summary>Holds an issue, lets it go on, ends it (also before its slot has come), or tries its failures again.</summary>
public sealed class SteerIssue(IssueDesk desk, SlotDesk slots, NewsletterCalendar calendar, ChunkLedger ledger)
{
    [Function("PauseIssue")]
    public Task Pause(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/newsletters/{id}/issues/{date}/pause")] HttpRequest request) => Make(request.HttpContext, IssueMove.Pause);
    [Function("RetryIssue")]
    public Task Retry(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/newsletters/{id}/issues/{date}/retry")] HttpRequest request) => Make(request.HttpContext, IssueMove.Retry);

    /// <summary>Lets it go on; where somebody had cancelled a slot that has not come, that is taken back.</summary>
    [Function("ResumeIssue")]
    public async Task Resume(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/newsletters/{id}/issues/{date}/resume")] HttpRequest request)
    {
        var http = request.HttpContext;
        if (http.Issue() is not { } id || await slots.Restore(
            id, http.RequestAborted) is not { } issue) { await Make(http, IssueMove.Resume); return; }
        var tally = await ledger.Tally(id, http.RequestAborted);
        await http.Ok(json => json.Write(issue, tally));
    }

    [Function("CancelIssue")]
    public async Task Cancel(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/newsletters/{id}/issues/{date}/cancel")] HttpRequest request)
    {
        var http = request.HttpContext;
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

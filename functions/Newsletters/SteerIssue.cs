using Automation.Functions.Http;
using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Newsletters;

/// <summary>
/// Holds an issue, lets it go on, ends it (also before its slot has come), or tries its failures again.
/// </summary>
public sealed class SteerIssue(IssueControl desk, SlotScheduler slots, NewsletterCalendar calendar, ChunkLedger ledger)
{
    /// <summary>Holds an issue.</summary>
    [Function("PauseIssue")]
    public Task<Results<Ok<IssueReport>, Refusal>> Pause(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/newsletters/{id}/issues/{date}/pause")]
        HttpRequest request,
        string id, string date) => Make(IssueMove.Pause, IssueId.Parse($"{id}/{date}"), request.HttpContext.RequestAborted);

    /// <summary>Tries its failures again.</summary>
    [Function("RetryIssue")]
    public Task<Results<Ok<IssueReport>, Refusal>> Retry(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/newsletters/{id}/issues/{date}/retry")]
        HttpRequest request,
        string id, string date) => Make(IssueMove.Retry, IssueId.Parse($"{id}/{date}"), request.HttpContext.RequestAborted);

    /// <summary>Lets it go on; where somebody had cancelled a slot that has not come, that is taken back.</summary>
    [Function("ResumeIssue")]
    public async Task<Results<Ok<IssueReport>, Refusal>> Resume(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/newsletters/{id}/issues/{date}/resume")]
        HttpRequest request,
        string id, string date)
    {
        var (name, cancellation) = (IssueId.Parse($"{id}/{date}"), request.HttpContext.RequestAborted);
        return name is { } cancelled && await slots.Restore(cancelled, cancellation) is { } issue
            ? TypedResults.Ok(new IssueReport(issue, await ledger.Tally(cancelled, cancellation)))
            : await Make(IssueMove.Resume, name, cancellation);
    }

    /// <summary>Ends an issue; where its slot has not come, that slot is let go.</summary>
    [Function("CancelIssue")]
    public async Task<Results<Ok<IssueReport>, Refusal>> Cancel(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/newsletters/{id}/issues/{date}/cancel")]
        HttpRequest request,
        string id, string date)
    {
        var (name, cancellation) = (IssueId.Parse($"{id}/{date}"), request.HttpContext.RequestAborted);
        if (name is { } issue) await slots.Skip(issue, cancellation);
        return await Make(IssueMove.Cancel, name, cancellation);
    }

    private async Task<Results<Ok<IssueReport>, Refusal>> Make(IssueMove move, IssueId? name, CancellationToken cancellation)
    {
        if (name is not { } id) return Missing.Issue;
        if (await desk.Make(move, id, cancellation) is not { } moved)
            return await calendar.Coming(id, cancellation) is null
                ? Missing.Issue
                : Refusal.Conflict("This cannot be done: its slot has not come. It can be cancelled.");
        return moved.Issue is { } issue
            ? TypedResults.Ok(new IssueReport(issue, await ledger.Tally(id, cancellation)))
            : Refusal.Conflict($"This cannot be done: {moved.Refusal}.");
    }
}

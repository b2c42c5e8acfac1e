namespace Automation.Marketing.Newsletters;

/// <summary>What it takes for an issue to go now: the confirmation of a burst, or why it cannot go.</summary>
public sealed record Asked(Burst? Burst, string? Refusal);

/// <summary>Sends an issue by hand, outside its slot. That is a burst: it has to be confirmed, knowing what it is expected to cost.</summary>
public sealed class IssueStart(PublishedNewsletters newsletters, IssueStore issues, Bursts bursts, IIssueClock clock, TimeProvider time)
{
    /// <summary>What there is to confirm; null: there is no such newsletter. Changes nothing.</summary>
    public async Task<Asked?> Ask(IssueId id, CancellationToken cancellation)
    {
        if (newsletters.Find(id.Newsletter) is not { } newsletter) return null;
        var issue = (await issues.Find(id, cancellation))?.Value;
        if (Refusal(id, issue) is { } refusal) return new(null, refusal);
        return new(await bursts.Find(id, newsletter, inSlot: issue is not null), null);
    }

    /// <summary>Confirmed: it goes. Null: there is no such newsletter.</summary>
    public async Task<Moved?> Confirm(IssueId id, CancellationToken cancellation)
    {
        if (newsletters.Find(id.Newsletter) is null) return null;
        var now = time.GetUtcNow();
        if (Refusal(id, (await issues.Find(id, cancellation))?.Value) is { } refusal) return new(null, refusal);
        var text = await newsletters.Pinned(id, cancellation) ?? await newsletters.Pin(id, newsletters.Issue(id)!, cancellation);
        await issues.Add(new Issue { Id = id, State = IssueState.Sending, Slot = now, File = text.File, ConfirmedAt = now }, cancellation);
        var issue = await issues.Change(id, issue => Refusal(id, issue) is null ? issue with { State = IssueState.Sending, Because = null, ConfirmedAt = issue.ConfirmedAt ?? now } : issue, cancellation);
        await clock.Wake(id);
        return new(issue, null);
    }

    /// <summary>Only what has not begun can be sent by hand.</summary>
    private string? Refusal(IssueId id, Issue? issue) => issue switch
    {
        null when newsletters.Issue(id) is null => "there is no issue of that date, or it is a draft",
        null or { State: IssueState.Ready } => null,
        { State: IssueState.Paused or IssueState.Sending, StartedAt: null } => null,
        _ => $"it is {issue.State.ToString().ToLowerInvariant()}",
    };
}

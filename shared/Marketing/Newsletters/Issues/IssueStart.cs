using Automation.Marketing.Newsletters.Slots;

namespace Automation.Marketing.Newsletters.Issues;

/// <summary>What it takes for an issue to go now: the confirmation of a burst, or why it cannot go.</summary>
public sealed record Asked(Burst? Burst, string? Refusal);

/// <summary>Sends an issue by hand, outside its slot. That is a burst: it has to be confirmed, knowing what it is
/// expected to cost.</summary>
public sealed class IssueStart(
    PublishedNewsletters newsletters, SlotContents fillings, IssueStore issues, Bursts bursts, IssueAttention attention,
    IIssueOrchestrations clock, TimeProvider time)
{
    /// <summary>What there is to confirm; null: there is no such newsletter. Changes nothing.</summary>
    public async Task<Asked?> Ask(IssueId id, CancellationToken cancellation)
    {
        if (await newsletters.SeriesOf(id, cancellation) is not { } newsletter) return null;
        var issue = (await issues.Find(id, cancellation))?.Value;
        if (Refusal(issue, await Text(newsletter, id, issue, cancellation)) is { } refusal) return new(null, refusal);
        return new(await bursts.Find(id, newsletter, inSlot: issue is not null, issue?.Asks), null);
    }

    /// <summary>Confirmed: it goes. Null: there is no such newsletter.</summary>
    public async Task<Moved?> Confirm(IssueId id, CancellationToken cancellation)
    {
        if (await newsletters.SeriesOf(id, cancellation) is not { } newsletter) return null;
        var (now, known) = (time.GetUtcNow(), (await issues.Find(id, cancellation))?.Value);
        var written = await Text(newsletter, id, known, cancellation);
        if (Refusal(known, written) is { } refusal) return new(null, refusal);
        var text = await newsletters.Pin(id, written!, cancellation);
        await issues.Add(
            new Issue { Id = id, State = IssueState.Sending, Slot = now, File = text.File, ConfirmedAt = now },
            cancellation);
        var issue = await issues.Change(id, issue => Refusal(issue, text) is null
            ? issue with { State = IssueState.Sending, Because = null, ConfirmedAt = issue.ConfirmedAt ?? now }
            : issue, cancellation);
        await attention.Done(id, cancellation);
        await clock.Wake(id);
        return new(issue, null);
    }

    /// <summary>What it goes out with: what was pinned, else what its slot would get now.</summary>
    private async ValueTask<IssueSource?> Text(
        Newsletter newsletter, IssueId id, Issue? issue, CancellationToken cancellation) =>
        await newsletters.Pinned(id, cancellation)
            ?? (await fillings.Of(newsletter, new Slot(id, issue?.Slot ?? time.GetUtcNow()))).Text;

    /// <summary>Only what has not begun can be sent by hand.</summary>
    private static string? Refusal(Issue? issue, IssueSource? text) => issue switch
    {
        null when text is null =>
            "there is no issue of that date, or it is a draft, and no fallback that did not go out lately",
        null or { State: IssueState.Ready } => null,
        { State: IssueState.Paused or IssueState.Sending, StartedAt: null } => null,
        _ => $"it is {issue.State.ToString().ToLowerInvariant()}",
    };
}

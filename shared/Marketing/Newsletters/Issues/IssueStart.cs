using Automation.Marketing.Newsletters.Slots;

namespace Automation.Marketing.Newsletters.Issues;

/// <summary>Sends an issue by hand, outside its slot. That is a burst: it has to be confirmed, knowing what it is
/// expected to cost: <see cref="IssueQuestion"/>.</summary>
public sealed class IssueStart(
    PublishedNewsletters newsletters, SlotContents contents, IssueStore issues, IssueAttention attention,
    IIssueOrchestrations clock, TimeProvider time)
{
    /// <summary>Confirmed: it goes. Null: there is no such newsletter.</summary>
    public async Task<Moved?> Confirm(IssueId id, CancellationToken cancellation)
    {
        if (await newsletters.SeriesOf(id, cancellation) is not { } newsletter) return null;
        var (now, known) = (time.GetUtcNow(), (await issues.Find(id, cancellation))?.Value);
        var written = await contents.Text(newsletter, id, known, cancellation);
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

    /// <summary>Only what has not begun can be sent by hand.</summary>
    internal static string? Refusal(Issue? issue, IssueSource? text) => issue switch
    {
        null when text is null =>
            "there is no issue of that date, or it is a draft, and no fallback that did not go out lately",
        null or { State: IssueState.Ready } => null,
        { State: IssueState.Paused or IssueState.Sending, StartedAt: null } => null,
        _ => $"it is {issue.State.ToString().ToLowerInvariant()}",
    };
}

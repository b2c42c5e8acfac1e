using Automation.Functions.Http;
using Automation.Functions.Publishing;
using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;

namespace Automation.Functions.Newsletters;

/// <summary>What people do to issues: read how far one is, steer it, write it. API and console come here.</summary>
public sealed class IssueService(
    IssueSteering steering, IssueStore issues, NewsletterCalendar calendar, ChunkLedger ledger,
    PublishedNewsletters newsletters, ShopFilePublisher shop)
{
    /// <summary>Null: there is no such issue, and no slot of that day to come.</summary>
    public async Task<IssueReport?> Report(IssueId id, CancellationToken cancellation)
    {
        var issue = (await issues.Find(id, cancellation))?.Value ?? await Coming(id, cancellation);
        return issue is null ? null : new(issue, await ledger.Tally(id, cancellation));
    }

    /// <summary>The issue after the move, or why it cannot be made.</summary>
    public async Task<(IssueReport? Report, Refusal? Refused)> Make(
        IssueMove move, string issue, CancellationToken cancellation)
    {
        if (IssueId.Parse(issue) is not { } id) return (null, Missing.Issue);
        if (await steering.Make(move, id, cancellation) is { } moved) return await After(
            id, moved, "done", cancellation);
        return (null, await calendar.Coming(id, cancellation) is null
            ? Missing.Issue
            : Refusal.Conflict("This cannot be done: its slot has not come. It can be cancelled."));
    }

    /// <summary>It goes now, knowing what that is expected to cost.</summary>
    public async Task<(IssueReport? Report, Refusal? Refused)> Confirm(string issue, CancellationToken cancellation) =>
        IssueId.Parse(issue) is { } id && await steering.Confirm(id, cancellation) is { } moved
            ? await After(id, moved, "sent", cancellation)
            : (null, Missing.Issue);

    /// <summary>Why an issue or a fallback cannot be written any more, or is none; null: it can.</summary>
    /// <param name="name">A date, or a fallback's name.</param>
    public async Task<Refusal?> Locked(string newsletter, string name, CancellationToken cancellation)
    {
        if (newsletters.Find(newsletter) is not { } series) return Missing.Newsletter;
        if (IssueId.Parse($"{newsletter}/{name}") is not { } id)
            return series.Fallbacks.Contains(name)
                ? null
                : Refusal.Unreadable(
                    "An issue is named by its day, 2026-12-02, or is one of the newsletter's fallbacks.");
        return await issues.Find(id, cancellation) is { } acted
            ? Refusal.Conflict(
                $"The slot was acted on (state {Word(acted.Value.State)}); its text does not change any more.")
            : null;
    }

    /// <summary>Makes it the text of an issue that is not <see cref="Locked"/>; answers what is wrong with
    /// it.</summary>
    public async Task<Refusal?> Put(string newsletter, string name, ReadOnlyMemory<byte> text, bool dryRun)
    {
        if (!ShopFilePublisher.IsText(text)) return Refusal.Unreadable("This is not UTF-8 text.");
        var written = await shop.Put(ShopDraft.Issue(newsletter, name), text, dryRun);
        if (written.Obstacle is { } obstacle) return Refusal.Conflict(obstacle);
        return written.IsGood ? null
            : Refusal.Mistaken("The issue has mistakes; nothing was changed.", written.Problems);
    }

    private async Task<(IssueReport?, Refusal?)> After(
        IssueId id, Moved moved, string what, CancellationToken cancellation) =>
        moved.Issue is { } issue
            ? (new(issue, await ledger.Tally(id, cancellation)), null)
            : (null, Refusal.Conflict($"This cannot be {what}: {moved.Refusal}."));

    private async Task<Issue?> Coming(IssueId id, CancellationToken cancellation) =>
        await calendar.Coming(id, cancellation) is { } slot
            ? new() { Id = id, State = slot.State, Slot = slot.Slot.At, File = slot.File, Because = slot.Because }
            : null;

    private static string Word(IssueState state) => state.ToString().ToLowerInvariant();
}

using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;
using Automation.Marketing.Shop;
using Microsoft.Extensions.Logging;

namespace Automation.Marketing.Newsletters.Issues;

/// <summary>Acts on every slot once its time has come: pins the text, claims the slot (the row of <c>Issues</c>),
/// starts the sending, and only then moves its bookmark. Killed anywhere in between it does the same again: the first
/// pinned text stays, the row is there, a second start is none.</summary>
public sealed partial class SlotScheduler(
    PublishedNewsletters newsletters, IssueStore issues, SlotContents fillings, SlotBookmarks bookmarks,
    ClockJumps jumps,
    IIssueOrchestrations clock, CurrentShop shop, TimeProvider time, ILogger<SlotScheduler> log)
{
    /// <summary>One look at every newsletter; one that fails keeps no other waiting.</summary>
    public async Task Run(CancellationToken cancellation)
    {
        foreach (var (newsletter, since) in await newsletters.CutTo(time.GetUtcNow(), cancellation))
            await jumps.Say($"the publishing of newsletter {newsletter}", since, cancellation);
        await Task.WhenAll([.. newsletters.All().Select(newsletter => Act(newsletter, cancellation))]);
    }

    /// <summary>The first slot of any newsletter that is due after a moment; null: none within a year.</summary>
    public DateTimeOffset? NextDue(DateTimeOffset after) =>
        newsletters
            .All()
            .Select(one => SlotRules.Between(one, shop.Settings, after, after.AddYears(1)).FirstOrDefault()?.At)
            .Min();

    /// <summary>What there is for a slot that was not acted on.</summary>
    public Task<SlotContent> Fill(Newsletter newsletter, Slot slot) => fillings.Of(newsletter, slot);

    /// <summary>What there is for each of some slots in a row, and what was acted on.</summary>
    public Task<IReadOnlyList<(SlotContent SlotContent, Issue? Issue)>> Fill(
        Newsletter newsletter, IReadOnlyList<Slot> slots) => fillings.Of(newsletter, slots);

    /// <summary>Lets a slot pass without an issue, whatever there is for it: somebody's decision, and the claim of the
    /// slot. Changes nothing where it was acted on, or where the newsletter has no such slot to come.</summary>
    public async Task Skip(IssueId id, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (newsletters.Find(id.Newsletter) is not { } newsletter
            || SlotRules.On(newsletter, shop.Settings, id.Date) is not { Skipped: false } slot) return;
        if (SlotRules.Until(slot, SlotRules.Next(newsletter, shop.Settings, id.Date), newsletter.Late,
            SlotRules.Zone(newsletter, shop.Settings)) <= now) return;
        await issues.Add(
            new Issue { Id = id, State = IssueState.Cancelled, Slot = slot.At, EndedAt = now, Because = Issue.ByHand },
            cancellation);
    }

    /// <summary>Takes back that somebody let a slot pass that has not come; answers the issue as it stands again, null:
    /// there is nothing to take back.</summary>
    public async Task<Issue?> Restore(IssueId id, CancellationToken cancellation)
    {
        if (await issues.Find(id, cancellation)
            is not { Value: { State: IssueState.Cancelled, StartedAt: null, Because: Issue.ByHand } issue })
            return null;
        if (issue.Slot <= time.GetUtcNow() || newsletters.Find(id.Newsletter) is not { } newsletter) return null;
        await issues.Remove(id, cancellation);
        var filling = await Fill(newsletter, new Slot(id, issue.Slot));
        return new Issue { Id = id, State = filling.State, Slot = issue.Slot, File = filling.Text?.File };
    }

    private async Task Act(Newsletter newsletter, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (await bookmarks.Find(newsletter, now, cancellation) is not { } seen) return;
        foreach (var slot in SlotRules.Between(newsletter, shop.Settings, seen, now))
        {
            if (!await Act(newsletter, slot, now, cancellation)) return;
            await bookmarks.Move(newsletter.Id, slot.At, cancellation);
        }
    }

    /// <summary>False: it has to wait, and what comes after it too.</summary>
    private async Task<bool> Act(Newsletter newsletter, Slot slot, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await issues.Find(slot.Id, cancellation) is { Value.State: var state })
        {
            if (state == IssueState.Sending) await clock.Ensure(slot.Id);
            return true;
        }
        if (slot.Passed is not null)
        {
            // No row: moved on, it may still come that day.
            LogSkipped(slot.Id, slot.Because!);
            return true;
        }
        var before = await fillings.Issues(newsletter, slot.Id.Date);
        var filling = fillings.Of(newsletter, slot, before);
        var next = SlotRules.Next(newsletter, shop.Settings, slot.Id.Date);
        switch (SlotRules.Decide(
            slot, next, newsletter.Late, filling.Ready, now, SlotRules.Zone(newsletter, shop.Settings)))
        {
            case SlotDecision.Wait:
                return false;
            case SlotDecision.Send send:
                var text = await newsletters.Pin(slot.Id, filling.Text!, cancellation);
                var used = before.Where(one => one.IsUnderWay).Select(one => new Slot(one.Id, one.Slot));
                var asks = newsletter.Published.Asks(slot, used, now, SlotRules.Zone(newsletter, shop.Settings));
                var issue = new Issue
                {
                    Id = slot.Id,
                    State = IssueState.Sending,
                    Slot = slot.At,
                    File = text.File,
                    Because = send.Because,
                    Asks = asks
                };
                if (!await issues.Add(issue, cancellation)) break;
                await clock.Ensure(slot.Id);
                LogSending(slot.Id, text.Name, asks ?? send.Because ?? "on time");
                return true;
            case SlotDecision.MoveTo move:
                if (!await issues.Add(Ended(move.Because) with { File = filling.Written?.File, MovedTo = move.Next },
                    cancellation)) break;
                Meters.Late(newsletter.Id);
                LogSkipped(slot.Id, move.Because);
                return true;
            case SlotDecision.Skip skip:
                // What was carried over to a day that is a holiday now is carried on.
                var moved = slot.Skipped && filling.Carried is not null ? next?.Id.Date : null;
                var because = filling.Rests is { } rests && !slot.Skipped
                    ? $"{skip.Because}, and {rests}"
                    : skip.Because;
                if (!await issues.Add(Ended(because) with
                {
                    File = slot.Skipped ? filling.Carried?.File : filling.Written?.File,
                    MovedTo = moved
                }, cancellation)) break;
                if (!slot.Skipped) Meters.Late(newsletter.Id);
                LogSkipped(slot.Id, because);
                return true;
            case var other:
                throw new InvalidOperationException($"A decision of an unknown kind: {other}.");
        }
        return await Act(newsletter, slot, now, cancellation);   // somebody else was first: theirs is what counts

        Issue Ended(string because) =>
            new() { Id = slot.Id, State = IssueState.Cancelled, Slot = slot.At, EndedAt = now, Because = because };
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Issue} goes out with {File}: {When}")]
    private partial void LogSending(IssueId issue, string file, string when);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Issue} does not go out. {Because}")]
    private partial void LogSkipped(IssueId issue, string because);
}

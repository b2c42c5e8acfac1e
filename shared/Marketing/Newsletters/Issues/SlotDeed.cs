using Automation.Marketing.Newsletters.Slots;
using Microsoft.Extensions.Logging;

namespace Automation.Marketing.Newsletters.Issues;

/// <summary>What is done about one slot whose time has come: pins the text, claims the slot (the row of
/// <c>Issues</c>), starts the sending. Killed anywhere in between it does the same again: the first pinned text stays,
/// the row is there, a second start is none.</summary>
public sealed partial class SlotDeed(
    PublishedNewsletters newsletters, IssueStore issues, SlotContents contents, IIssueOrchestrations clock,
    ShopSlots slots, ILogger<SlotDeed> log)
{
    /// <summary>False: it has to wait, and what comes after it too.</summary>
    public async Task<bool> Do(Newsletter newsletter, Slot slot, DateTimeOffset now, CancellationToken cancellation)
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
        var before = await contents.Issues(newsletter, slot.Id.Date);
        var content = contents.Of(newsletter, slot, before);
        var (next, zone) = (slots.Next(newsletter, slot.Id.Date), slots.Zone(newsletter));
        switch (SlotRules.Decide(slot, next, newsletter.Late, content.Ready, now, zone))
        {
            case SlotDecision.Wait:
                return false;
            case SlotDecision.Send send:
                var text = await newsletters.Pin(slot.Id, content.Text!, cancellation);
                var used = before.Where(one => one.IsUnderWay).Select(one => new Slot(one.Id, one.Slot));
                var asks = newsletter.Published.Asks(slot, used, now, zone);
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
                if (!await issues.Add(Ended(move.Because) with { File = content.Written?.File, MovedTo = move.Next },
                    cancellation)) break;
                Meters.Late(newsletter.Id);
                LogSkipped(slot.Id, move.Because);
                return true;
            case SlotDecision.Skip skip:
                // What was carried over to a day that is a holiday now is carried on.
                var moved = slot.Skipped && content.Carried is not null ? next?.Id.Date : null;
                var because = content.Rests is { } rests && !slot.Skipped
                    ? $"{skip.Because}, and {rests}"
                    : skip.Because;
                if (!await issues.Add(Ended(because) with
                {
                    File = slot.Skipped ? content.Carried?.File : content.Written?.File,
                    MovedTo = moved
                }, cancellation)) break;
                if (!slot.Skipped) Meters.Late(newsletter.Id);
                LogSkipped(slot.Id, because);
                return true;
            case var other:
                throw new InvalidOperationException($"A decision of an unknown kind: {other}.");
        }
        return await Do(newsletter, slot, now, cancellation);   // somebody else was first: theirs is what counts

        Issue Ended(string because) =>
            new() { Id = slot.Id, State = IssueState.Cancelled, Slot = slot.At, EndedAt = now, Because = because };
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Issue} goes out with {File}: {When}")]
    private partial void LogSending(IssueId issue, string file, string when);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Issue} does not go out. {Because}")]
    private partial void LogSkipped(IssueId issue, string because);
}

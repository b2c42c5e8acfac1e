using Automation.Marketing.Newsletters.Slots;
using Microsoft.Extensions.Logging;

namespace Automation.Marketing.Newsletters.Issues;

/// <summary>Says in good time that a slot has no issue yet: in the log, and by a mail to the shop's own address, each
/// warning once.</summary>
public sealed partial class SlotWarnings(
    PublishedNewsletters newsletters, SlotContents contents, ShopSlots slots, WarningClaims claims,
    SlotWarningMail mail, ILogger<SlotWarnings> log)
{
    public async Task Run(CancellationToken cancellation)
    {
        var now = slots.Now;
        foreach (var newsletter in newsletters.All())
        {
            var zone = slots.Zone(newsletter);
            var coming = slots.Between(newsletter, now, now.AddDays(newsletter.WarnDays.Max() + 1)).ToList();
            // Nothing is asked where there is nothing to say: this is looked at every minute.
            if (!coming.Any(slot => IsOpen(newsletter, slot, now, zone))) continue;
            var found = await contents.Of(newsletter, coming);
            foreach (var (slot, (content, issue)) in coming.Zip(found))
                if (issue is null
                    && IsOpen(newsletter, slot, now, zone)
                    && content.Warning(newsletter, slot, now, zone) is { } days)
                    await Warn(newsletter, slot, content, days, cancellation);
        }
    }

    /// <summary>Might it have to be warned of?</summary>
    private bool IsOpen(Newsletter newsletter, Slot slot, DateTimeOffset now, TimeZoneInfo zone) =>
        SlotContent.Due(newsletter, slot, now, zone) is { } due
            && !claims.IsDone(slot, due)
            && newsletters.Own(slot.Id) is not { Draft: false };

    private async Task Warn(
        Newsletter newsletter, Slot slot, SlotContent content, int days, CancellationToken cancellation)
    {
        if (await claims.Claim(slot, days, cancellation) is not { } isFirst) return;
        if (isFirst)
            LogWaiting(
                slot.Id,
                days,
                content.State,
                content.Fallback?.Name ?? (content.Rests is { } rests ? $"nothing ({rests})" : "nothing"));
        if (await mail.Send(newsletter, slot, content, days, cancellation)) await claims.Done(slot, days);
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "{Issue} is due within {Days} days and {State}; as it is, {Instead} goes out instead")]
    private partial void LogWaiting(IssueId issue, int days, IssueState state, string instead);
}

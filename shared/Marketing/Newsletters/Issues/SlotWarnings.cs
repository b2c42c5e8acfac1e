using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;
using Automation.Storage;
using Microsoft.Extensions.Logging;

namespace Automation.Marketing.Newsletters.Issues;

/// <summary>Says in good time that a slot has no issue yet: in the log, and by a mail to the shop's own address. Each
/// warning is claimed first and goes once; one whose claim nobody finished (killed, the provider was busy) is tried
/// again.</summary>
public sealed partial class SlotWarnings(
    Tables tables, PublishedNewsletters newsletters, SlotScheduler desk, CurrentShop shop, IMailTransport transport,
    Senders writers, TimeProvider time, ILogger<SlotWarnings> log)
{
    private const string Partition = "warnings";

    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, bool> done = new();

    public async Task Run(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        foreach (var newsletter in newsletters.All())
        {
            var zone = SlotRules.Zone(newsletter, shop.Settings);
            var slots =
                SlotRules.Between(newsletter, shop.Settings, now, now.AddDays(newsletter.WarnDays.Max() + 1)).ToList();
            // Nothing is asked where there is nothing to say: this is looked at every minute.
            if (!slots.Any(slot => IsOpen(newsletter, slot, now, zone))) continue;
            var found = await desk.Fill(newsletter, slots);
            foreach (var (slot, (filling, issue)) in slots.Zip(found))
                if (issue is null
                    && IsOpen(newsletter, slot, now, zone)
                    && filling.Warning(newsletter, slot, now, zone) is { } days)
                    await Warn(newsletter, slot, filling, days, cancellation);
        }
    }

    /// <summary>Might it have to be warned of?</summary>
    private bool IsOpen(Newsletter newsletter, Slot slot, DateTimeOffset now, TimeZoneInfo zone) =>
        SlotContent.Due(newsletter, slot, now, zone) is { } due
            && !done.ContainsKey(Key(slot, due))
            && newsletters.Own(slot.Id) is not { Draft: false };

    private async Task Warn(
        Newsletter newsletter, Slot slot, SlotContent filling, int days, CancellationToken cancellation)
    {
        var key = Key(slot, days);
        var (claim, now) =
            (new Row(Partition, key) { { "At", time.GetUtcNow() }, { "Mailed", false } }, time.GetUtcNow());
        if (await tables.Published.Find(Partition, key, cancellation) is { } row)
        {
            if (row.GetBoolean("Mailed") == true) done[key] = true;
            // One claimed ahead of now was claimed by a clock that was wrong.
            if (done.ContainsKey(key) || (now - row.GetDateTimeOffset("At") is { } age
                && age < Abandoned
                && age > -ClockJumps.Tolerance)) return;
            if (!(await tables.Published.Update(claim, row.ETag, UpdateMode.Replace, cancellation)).Done) return;
        }
        else
        {
            if (!(await tables.Published.Add(claim, cancellation)).Done) return;
            LogWaiting(
                slot.Id,
                days,
                filling.State,
                filling.Fallback?.Name ?? (filling.Rests is { } rests ? $"nothing ({rests})" : "nothing"));
        }
        var handover = await transport.Send(Mail(newsletter, slot, filling, days), cancellation);
        if (handover is DeliveryResult.Busy) return;
        if (handover is not DeliveryResult.Accepted) LogNotMailed(slot.Id, handover);
        await tables.Published.Upsert(
            new Row(Partition, key) { { "At", now }, { "Mailed", true } }, UpdateMode.Replace, CancellationToken.None);
        done[key] = true;
    }

    private static string Key(Slot slot, int days) => $"{slot.Id.Newsletter}|{slot.Id.RowKey}|{days:D2}";

    private Message Mail(Newsletter newsletter, Slot slot, SlotContent filling, int days)
    {
        var (settings, zone) = (shop.Settings, SlotRules.Zone(newsletter, shop.Settings));
        var japanese = settings.Language.StartsWith("ja", StringComparison.OrdinalIgnoreCase);
        var local = TimeZoneInfo.ConvertTime(slot.At, zone);
        var due = FormattableString.Invariant(japanese
            ? (FormattableString)$"{local.Month}月{local.Day}日({"日月火水木金土"[(int)local.DayOfWeek]}) {local:HH:mm}"
            : $"{local:ddd d MMMM HH:mm}");
        var file = $"newsletters/{newsletter.Id}/{slot.Id.RowKey}.md";
        var (subject, state, otherwise) = japanese
            ? ($"「{newsletter.Name}」{due} の号がまだありません（あと{days}日）",
                filling.State == IssueState.Draft ? $"{file} はまだ下書き（draft: true）です。" : $"{file} がまだありません。",
                filling.Fallback is { } spare
                    ? $"このままですと、代わりに {spare.Name} が届きます。"
                    : $"このままですと、この週のお便りはお休みになります。{string.Concat(filling.Spent.Select(Resting))}")
            : ($"{newsletter.Name}: no issue yet for {due} ({Amount.Of(days, "day")} left)",
                filling.State == IssueState.Draft ? $"{file} is still a draft." : $"There is no {file} yet.",
                filling.Fallback is { } other ? $"If it stays like this, {other.Name} goes out instead."
                    : $"If it stays like this, nothing goes out{(filling.Rests is { } rests ? $": {rests}" : "")}.");
        return new Message
        {
            Id = $"warning-{newsletter.Id}-{slot.Id.RowKey}-{days}",
            To = settings.Contact.Email,
            From = writers.For(Purpose.Transactional, settings, null),
            Subject = subject,
            Text = $"{state}\n{otherwise}\n",
            Html = $"<p>{WebUtility.HtmlEncode(state)}<br>{WebUtility.HtmlEncode(otherwise)}</p>",
            Headers = [new("Auto-Submitted", "auto-generated")],
            Purpose = Purpose.Transactional,
            Mail = "newsletter-warning",
            At = SlotContent.WarnedAt(slot, days, zone),
        };
    }

    private static string Resting(SpentFallback spent) => string.Create(CultureInfo.InvariantCulture,
        $"（{spent.File} は{spent.WentOn.Month}月{spent.WentOn.Day}日に届いたばかりで、"
        + $"次は{spent.AgainFrom.Month}月{spent.AgainFrom.Day}日からです）");

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "{Issue} is due within {Days} days and {State}; as it is, {Instead} goes out instead")]
    private partial void LogWaiting(IssueId issue, int days, IssueState state, string instead);

    [LoggerMessage(Level = LogLevel.Error, Message = "the warning of {Issue} could not be mailed: {Handover}")]
    private partial void LogNotMailed(IssueId issue, DeliveryResult handover);
}

using System.Globalization;
using System.Net;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;
using Microsoft.Extensions.Logging;

namespace Automation.Marketing.Newsletters.Issues;

/// <summary>The mail to the shop's own address that a slot has no issue yet, in the shop's language.</summary>
public sealed partial class SlotWarningMail(
    CurrentShop shop, Senders writers, IMailTransport transport, ILogger<SlotWarningMail> log)
{
    /// <summary>False: the provider is busy, it is to be sent again. One that is refused is said in the log and not
    /// tried again.</summary>
    public async Task<bool> Send(
        Newsletter newsletter, Slot slot, SlotContent content, int days, CancellationToken cancellation)
    {
        var handover = await transport.Send(Compose(newsletter, slot, content, days), cancellation);
        if (handover is DeliveryResult.Busy) return false;
        if (handover is not DeliveryResult.Accepted) LogNotMailed(slot.Id, handover);
        return true;
    }

    private Message Compose(Newsletter newsletter, Slot slot, SlotContent content, int days)
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
                content.State == IssueState.Draft ? $"{file} はまだ下書き（draft: true）です。" : $"{file} がまだありません。",
                content.Fallback is { } spare
                    ? $"このままですと、代わりに {spare.Name} が届きます。"
                    : $"このままですと、この週のお便りはお休みになります。{string.Concat(content.Spent.Select(Resting))}")
            : ($"{newsletter.Name}: no issue yet for {due} ({Amount.Of(days, "day")} left)",
                content.State == IssueState.Draft ? $"{file} is still a draft." : $"There is no {file} yet.",
                content.Fallback is { } other ? $"If it stays like this, {other.Name} goes out instead."
                    : $"If it stays like this, nothing goes out{(content.Rests is { } rests ? $": {rests}" : "")}.");
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

    [LoggerMessage(Level = LogLevel.Error, Message = "the warning of {Issue} could not be mailed: {Handover}")]
    private partial void LogNotMailed(IssueId issue, DeliveryResult handover);
}

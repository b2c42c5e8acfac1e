using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Automation.Marketing.Files;
using Automation.Marketing.People;
using Automation.Marketing.Sending;

namespace Automation.Marketing.Engagement;

/// <summary>SendGrid's events in our words (Event Webhook v3). One element nobody can read costs none of the others;
/// what a receiving server said is kept without the addresses in it.</summary>
public static partial class SendGridEventReader
{
    private const int LongestReason = 300;

    /// <summary>Everything in a batch. <see cref="UnreadableException"/> where it is not a JSON array.</summary>
    public static List<SendGridEvent> Read(ReadOnlyMemory<byte> body)
    {
        using var document = JsonReading.Parse(body);
        if (document.RootElement.ValueKind is not JsonValueKind.Array)
            throw new UnreadableException($"A batch of events is an array, not {document.RootElement.ValueKind}.");
        var notices = new List<SendGridEvent>(document.RootElement.GetArrayLength());
        foreach (var element in document.RootElement.EnumerateArray()) notices.Add(Read(element));
        return notices;
    }

    private static SendGridEvent Read(JsonElement json)
    {
        if (json.ValueKind is not JsonValueKind.Object)
            return Unreadable($"An event is an object, not {json.ValueKind}.");
        if (json.At("event"u8).Text() is not { } kind) return Unreadable("The event has no kind.");
        if (Moment(json.At("timestamp"u8)) is not { } at) return Unreadable("The event has no time.");
        if (kind == "account_status_change")
            return new SendGridEvent.OfAccount(at, json.At("type"u8).Text() ?? "unknown");
        return Event(kind, json, at) is { } happened
            ? new SendGridEvent.OfMail(
                json.At("send_id"u8).Text(), EmailAddress.Normalize(json.At("email"u8).Text()), happened)
            : new SendGridEvent.Unknown(kind);

        SendGridEvent Unreadable(string reason) =>
            new SendGridEvent.Unreadable(reason, Encoding.UTF8.GetBytes(json.GetRawText()));
    }

    private static MailEvent? Event(string kind, JsonElement json, DateTimeOffset at) => kind switch
    {
        "processed" => new MailEvent.Processed(at),
        "delivered" => new MailEvent.Delivered(at),
        "deferred" => new MailEvent.Deferred(at, Reason(json)),
        "bounce" when IsSoft(json) => new MailEvent.SoftBounced(
            at, Reason(json), json.At("bounce_classification"u8).Text()),
        "bounce" => new MailEvent.HardBounced(at, Reason(json)),
        "dropped" => new MailEvent.Dropped(at, Reason(json)),
        "open" => new MailEvent.Opened(
            at, json.At("sg_machine_open"u8).IsTrue() || Machines.Names(json.At("useragent"u8).Text())),
        "click" => new MailEvent.Clicked(
            at, json.At("url"u8).Text() ?? "", Machines.Names(json.At("useragent"u8).Text())),
        "spamreport" => new MailEvent.Complained(at),
        "unsubscribe" or "group_unsubscribe" => new MailEvent.Unsubscribed(at),
        "group_resubscribe" => new MailEvent.Resubscribed(at),
        _ => null,
    };

    /// <summary><c>blocked</c> is SendGrid's word for a refusal of this one mail; a status 4.x.x is the receiving
    /// server's.</summary>
    private static bool IsSoft(JsonElement json) =>
        json.At("type"u8).Text() == "blocked"
        || json.At("status"u8).Text()?.StartsWith("4.", StringComparison.Ordinal) == true;

    private static string? Reason(JsonElement json)
    {
        if ((json.At("reason"u8).Text() ?? json.At("response"u8).Text()) is not { } said) return null;
        var reason = Addresses().Replace(said, "…@…");
        return reason.Length <= LongestReason ? reason : reason[..LongestReason];
    }

    /// <summary>Seconds since 1970; single sends have been seen with milliseconds.</summary>
    private static DateTimeOffset? Moment(JsonElement? timestamp)
    {
        if (!decimal.TryParse(timestamp.Text(), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
            return null;
        if (seconds > 100_000_000_000) seconds /= 1000;
        return seconds is > 0 and < 100_000_000_000
            ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond)) : null;
    }

    [GeneratedRegex(@"[^\s<>()\[\]""',;:]+@[^\s<>()\[\]""',;:]+", RegexOptions.CultureInvariant)]
    private static partial Regex Addresses();
}

using System.Net;
using System.Text.Json;

namespace Automation.Marketing.Sending;

/// <summary>What LINE's answers to a push mean (Messaging API reference, "Status codes", "Retry failed API requests").
/// Pure.</summary>
public static class LineAnswer
{
    /// <summary>LINE's words in a 429 when the month's messages are used up.</summary>
    private const string MonthlyLimit = "monthly limit";

    /// <summary>While the month's messages are used up it is asked again this often: the plan may be raised.</summary>
    public static readonly TimeSpan UntilAskedAgain = TimeSpan.FromHours(1);

    /// <param name="requestId"><c>X-Line-Request-Id</c>.</param>
    /// <param name="acceptedId"><c>X-Line-Accepted-Request-Id</c>: the request of this key that was taken.</param>
    public static DeliveryResult Read(HttpStatusCode status, string? requestId, string? acceptedId, string body) =>
        (int)status switch
        {
            >= 200 and < 300 => new DeliveryResult.Accepted(requestId),
            409 when acceptedId is { Length: > 0 } => new DeliveryResult.Accepted(acceptedId),
            429 when body.Contains(MonthlyLimit, StringComparison.OrdinalIgnoreCase) => new DeliveryResult.Busy(
                UntilAskedAgain, "LINE 429: the month's messages are used up", Stopped: true)
            { IsUsedUp = true },
            429 => new DeliveryResult.Busy(TimeSpan.FromSeconds(5), "LINE 429: too many requests"),
            401 or 403 => new DeliveryResult.Busy(
                TimeSpan.FromMinutes(5), $"LINE {(int)status}: {Errors(body)}", Stopped: true),
            >= 300 and < 400 => new DeliveryResult.Busy(
                TimeSpan.FromMinutes(5), $"LINE {(int)status}: Line:…:BaseUrl leads elsewhere", Stopped: true),
            408 or 409 => new DeliveryResult.Unclear($"LINE {(int)status}") { Answered = true },
            >= 400 and < 500 => new DeliveryResult.Refused($"LINE {(int)status}: {Errors(body)}"),
            var other => new DeliveryResult.Unclear($"LINE {other}") { Answered = true },
        };

    /// <summary>LINE's words in a 400 where a reply token was used already, or its time is over.</summary>
    private const string InvalidToken = "reply token";

    /// <summary>Is it the token, and nothing else, that LINE does not take?</summary>
    public static bool IsTokenRefused(DeliveryResult.Refused refused) =>
        refused.Reason.Contains(InvalidToken, StringComparison.OrdinalIgnoreCase);

    /// <summary>Is it worth asking again at once, with the same key?</summary>
    public static bool IsPassing(DeliveryResult answer) => answer is DeliveryResult.Unclear;

    /// <summary><c>{"message","details":[{"message","property"}]}</c> in one line; otherwise the beginning of the
    /// body.</summary>
    private static string Errors(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            var details = root.TryGetProperty("details", out var list) && list.ValueKind == JsonValueKind.Array
                ? list.EnumerateArray().Select(one =>
                    $"{one.GetProperty("message")} ({(one.TryGetProperty("property", out var at) ? at : default)})")
                : [];
            return string.Join("; ", [root.GetProperty("message").ToString(), .. details]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return body.Length > 200 ? body[..200] : body;
        }
    }
}

using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Automation.Marketing.Sending;

/// <summary>What SendGrid's answers mean. Pure.</summary>
public static class SendGridAnswer
{
    /// <summary>Null: 429, wait and try the same again.</summary>
    public static DeliveryResult? Read(HttpStatusCode status, string? messageId, string body) => (int)status switch
    {
        >= 200 and < 300 => new DeliveryResult.Accepted(messageId),
        429 => null,
        401 or 403 => new DeliveryResult.Busy(
            TimeSpan.FromMinutes(5), $"SendGrid {(int)status}: {Errors(body)}", Stopped: true),
        >= 300 and < 400 => new DeliveryResult.Busy(
            TimeSpan.FromMinutes(5), $"SendGrid {(int)status}: SendGrid:BaseUrl leads elsewhere", Stopped: true),
        408 => new DeliveryResult.Unclear("SendGrid 408") { Answered = true },
        413 => new DeliveryResult.Refused($"SendGrid 413: {Errors(body)}") { TooLarge = true },
        >= 400 and < 500 =>
            new DeliveryResult.Refused($"SendGrid {(int)status}: {Errors(body)}") { Recipients = Recipients(body) },
        var other => new DeliveryResult.Unclear($"SendGrid {other}") { Answered = true },
    };

    /// <summary>No wait that a provider asks for is longer: then it is asked again.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    /// <summary>How long a 429 asks to wait: <c>Retry-After</c> (seconds or a date), else until
    /// <c>X-RateLimit-Reset</c> (Unix seconds), else a second. Moments are measured against the answer's own
    /// <c>Date</c>, <paramref name="now"/> where it has none. Never negative, never longer than
    /// <see cref="LongestWait"/>.</summary>
    public static TimeSpan Wait(HttpResponseHeaders headers, DateTimeOffset now)
    {
        var theirs = headers.Date ?? now;
        var asked = headers.RetryAfter switch
        {
            { Delta: { } seconds } => seconds,
            { Date: { } date } => date - theirs,
            _ => Reset(headers) is { } reset ? reset - theirs : TimeSpan.FromSeconds(1),
        };
        return TimeSpan.FromTicks(Math.Clamp(asked.Ticks, 0, LongestWait.Ticks));
    }

    private static DateTimeOffset? Reset(HttpResponseHeaders headers)
    {
        if (!headers.TryGetValues("X-RateLimit-Reset", out var values)) return null;
        if (!long.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return null;
        return DateTimeOffset.FromUnixTimeSeconds(Math.Min(seconds, DateTimeOffset.MaxValue.ToUnixTimeSeconds()));
    }

    /// <summary>The places in the batch that errors name: <c>"field":"personalizations.3.to"</c>. None where an error
    /// names no place: then it is about the whole.</summary>
    private static IReadOnlyList<int> Recipients(string body)
    {
        const string Prefix = "personalizations.";
        var places = new SortedSet<int>();
        try
        {
            using var json = JsonDocument.Parse(body);
            foreach (var error in json.RootElement.GetProperty("errors").EnumerateArray())
            {
                if (!error.TryGetProperty("field", out var field) || field.GetString() is not { } name
                    || !name.StartsWith(Prefix, StringComparison.Ordinal)) return [];
                var rest = name.AsSpan(Prefix.Length);
                if (!int.TryParse(rest[..(rest.IndexOf('.') is >= 0 and var dot ? dot : rest.Length)],
                    NumberStyles.None, CultureInfo.InvariantCulture, out var place)) return [];
                places.Add(place);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return [];
        }
        return [.. places];
    }

    /// <summary><c>{"errors":[{"message","field"}]}</c> as <c>message (field)</c>; otherwise the beginning of the
    /// body.</summary>
    private static string Errors(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return string.Join("; ", json.RootElement.GetProperty("errors").EnumerateArray().Select(error =>
                error.TryGetProperty("field", out var field) && field.ValueKind == JsonValueKind.String
                    ? $"{error.GetProperty("message")} ({field})" : $"{error.GetProperty("message")}"));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return body.Length > 200 ? body[..200] : body;
        }
    }
}

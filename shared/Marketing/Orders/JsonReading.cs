using System.Globalization;
using System.Text.Json;

namespace Automation.Marketing.Orders;

/// <summary>Reading other people's JSON: what is missing, null or of another type is simply not there.</summary>
internal static class JsonReading
{
    /// <summary>The document of a body. <see cref="UnreadableException"/> names the position where it breaks.</summary>
    public static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            // A byte order mark is no JSON, but real senders write one.
            return JsonDocument.Parse(body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body);
        }
        catch (JsonException e)
        {
            throw new UnreadableException($"No JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}: {e.Message}", e);
        }
    }

    /// <summary>Reads with <paramref name="read"/>; what System.Text.Json cannot make Unicode of is unreadable, too.</summary>
    public static T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException e) when (e.Source?.StartsWith("System.Text.Json", StringComparison.Ordinal) == true)
        {
            throw new UnreadableException($"Some text is no Unicode: {e.Message}", e);
        }
    }

    /// <summary>The text, or null where its bytes or escapes are no Unicode: one torn name must not cost the whole order.</summary>
    private static string? Read(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    public static JsonElement? At(this JsonElement element, ReadOnlySpan<byte> name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    public static JsonElement? At(this JsonElement? element, ReadOnlySpan<byte> name) => element is { } e ? e.At(name) : null;

    /// <summary>A text that is not blank, trimmed; numbers as they are written.</summary>
    public static string? Text(this JsonElement? element) => element switch
    {
        { ValueKind: JsonValueKind.String } e when Read(e) is { } text && !string.IsNullOrWhiteSpace(text) => text.Trim(),
        { ValueKind: JsonValueKind.Number } e => e.GetRawText(),
        _ => null,
    };

    /// <summary>An id as text, exact beyond 2^53; 0 and blank are none.</summary>
    public static string? Id(this JsonElement? element) => element.Text() is { } id && id != "0" ? id : null;

    public static decimal? Money(this JsonElement? element) => element switch
    {
        { ValueKind: JsonValueKind.Number } e => e.TryGetDecimal(out var number) ? number : null,
        { ValueKind: JsonValueKind.String } e => decimal.TryParse(Read(e), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
        _ => null,
    };

    public static bool IsTrue(this JsonElement? element) => element is { ValueKind: JsonValueKind.True };

    /// <summary>The moment, in UTC; what names no offset is UTC.</summary>
    public static DateTimeOffset? Moment(this JsonElement? element)
    {
        if (element is not { ValueKind: JsonValueKind.String } e) return null;
        if (Read(e) is not { } text) return null;
        if (e.TryGetDateTimeOffset(out var exact) && HasOffset(e)) return exact.ToUniversalTime();
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment.ToUniversalTime() : null;
    }

    public static JsonElement.ArrayEnumerator Items(this JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Array } e ? e.EnumerateArray() : default;

    private static bool HasOffset(JsonElement text)
    {
        var raw = text.GetRawText().AsSpan();
        return raw.Length > 12 && (raw[^2] is 'Z' || raw[11..].ContainsAny('+', '-'));
    }
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Files;

/// <summary>Reading other people's JSON: what is missing or null is simply not there; an amount, currency or moment
/// that cannot be read is said.</summary>
internal static class JsonReading
{
    /// <summary>The document of a body. <see cref="UnreadableException"/> names the position where it breaks.</summary>
    public static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            // A byte order mark is not JSON, but real senders write one.
            return JsonDocument.Parse(body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body);
        }
        catch (JsonException e)
        {
            throw new UnreadableException(
                $"No JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}: {e.Message}", e);
        }
    }

    /// <summary>Reads with <paramref name="read"/>; what System.Text.Json cannot make Unicode of is unreadable,
    /// too.</summary>
    public static T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException e) when (e.Source?.StartsWith(
            "System.Text.Json", StringComparison.Ordinal) == true)
        {
            throw new UnreadableException($"Some text is not Unicode: {e.Message}", e);
        }
    }

    /// <summary>The text, or null where its bytes or escapes are not Unicode: one torn name must not cost the whole
    /// order.</summary>
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
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value)
        && value.ValueKind is not JsonValueKind.Null ? value : null;

    public static JsonElement? At(this JsonElement? element, ReadOnlySpan<byte> name) =>
        element is { } e ? e.At(name) : null;

    /// <summary>A text that is not blank, trimmed; numbers as they are written.</summary>
    public static string? Text(this JsonElement? element) => element switch
    {
        { ValueKind: JsonValueKind.String } e when Read(e) is { } text
            && !string.IsNullOrWhiteSpace(text) => text.Trim(),
        { ValueKind: JsonValueKind.Number } e => e.GetRawText(),
        _ => null,
    };

    /// <summary>An id as text, exact beyond 2^53; the number 0 and blank are none.</summary>
    public static string? Id(this JsonElement? element) =>
        element.Text() is { } id && !(id == "0" && element is { ValueKind: JsonValueKind.Number }) ? id : null;

    /// <summary>The amount; null where none is named. What is there and is not an amount is unreadable: it would count
    /// as nothing.</summary>
    public static decimal? Money(this JsonElement? element, ReadOnlySpan<byte> name) => element.At(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } e when e.TryGetDecimal(out var number) => number,
        { ValueKind: JsonValueKind.String } e when Read(e) is { } text
            && (string.IsNullOrWhiteSpace(text) ? 0m : Amount(text)) is { } number =>
            string.IsNullOrWhiteSpace(text) ? null : number,
        { } odd => throw Odd(name, odd, "is not an amount; amounts read 1298 or \"12.98\""),
    };

    public static decimal? Money(this JsonElement element, ReadOnlySpan<byte> name) =>
        ((JsonElement?)element).Money(name);

    /// <summary>The currency (ISO 4217), in capitals; null where none is named.</summary>
    public static string? Currency(this JsonElement? element, ReadOnlySpan<byte> name) => element.At(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } e when string.IsNullOrWhiteSpace(Read(e)) => null,
        { ValueKind: JsonValueKind.String } e when Read(e)!.Trim().ToUpperInvariant() is var code
            && Currencies.All.Contains(code) => code,
        { } odd => throw Odd(name, odd, "is not a currency; currencies read \"JPY\""),
    };

    private static decimal? Amount(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static UnreadableException Odd(ReadOnlySpan<byte> name, JsonElement value, string reason)
    {
        var written = value.GetRawText();
        return new UnreadableException(
            $"\"{Encoding.UTF8.GetString(name)}\": {(written.Length > 60 ? $"{written[..60]} …" : written)} {reason}.");
    }

    public static bool IsTrue(this JsonElement? element) => element is { ValueKind: JsonValueKind.True };

    /// <summary>The moment, in UTC; what names no offset is UTC. Null where none is named (WordPress writes year 0 for
    /// that). What is there and is not a moment is unreadable: it would be now.</summary>
    public static DateTimeOffset? Moment(this JsonElement? element, ReadOnlySpan<byte> name)
    {
        if (element.At(name) is not { } value) return null;
        if (value.ValueKind is JsonValueKind.String && Read(value) is { } text)
        {
            if (string.IsNullOrWhiteSpace(text) || text.StartsWith("0000-", StringComparison.Ordinal)) return null;
            if (value.TryGetDateTimeOffset(out var exact) && HasOffset(value)) return exact.ToUniversalTime();
            if (DateTimeOffset.TryParse(
                text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
                return moment.ToUniversalTime();
        }
        throw Odd(name, value, "is not a moment; moments read \"2026-11-22T09:30:00+09:00\"");
    }

    public static DateTimeOffset? Moment(this JsonElement element, ReadOnlySpan<byte> name) =>
        ((JsonElement?)element).Moment(name);

    public static JsonElement.ArrayEnumerator Items(this JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Array } e ? e.EnumerateArray() : default;

    private static bool HasOffset(JsonElement text)
    {
        var raw = text.GetRawText().AsSpan();
        return raw.Length > 12 && (raw[^2] is 'Z' || raw[11..].ContainsAny('+', '-'));
    }
}

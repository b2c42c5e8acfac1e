using System.Globalization;
using System.Text.Json;
using Automation.Marketing.People;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Segments;

/// <summary>Values of declared types out of what other systems write: platforms keep nearly everything as text. Pure.
/// What could mean two things is of no type.</summary>
public static class TypedValues
{
    private const int LongestText = 500, LongestList = 100, LongestShape = 40;

    /// <summary>WordPress' field plugins keep dates as 20261125.</summary>
    private static readonly string[] Dates = ["yyyy-MM-dd", "yyyy/M/d", "yyyy年M月d日", "yyyyMMdd"];
    private static readonly string[] Yes = ["true", "yes", "1", "on", "はい"];
    private static readonly string[] No = ["false", "no", "0", "off", "いいえ"];

    /// <summary>The value as its row keeps it; null where it is not of the type.</summary>
    /// <param name="type">As shop.json declares it: text, number, flag, date, list, link.</param>
    public static JsonElement? Of(JsonElement value, string type, ShopSettings shop)
    {
        var text = Text(value);
        return type switch
        {
            "text" => Wording.Title(text, LongestText) is { } line ? Written(line) : null,
            "link" => Wording.Web(text?.Trim()) is { } url ? Written(url) : null,
            "number" => Number(value, text),
            "flag" => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.Clone() : Flag(text),
            "date" => value.ValueKind is JsonValueKind.String ? Date(text!.Trim(), shop) : null,
            "list" => List(value, text),
            _ => null,
        };
    }

    /// <summary>What a value looks like, without telling it: <c>99.9.9999</c>. Digits are 9, letters a.</summary>
    public static string Shape(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => $"\"{Masked(value.GetString()!)}\"",
        JsonValueKind.Number => Masked(value.GetRawText()),
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        _ => value.GetRawText(),
    };

    private static string Masked(string text)
    {
        var masked = new string([.. text.Take(LongestShape).Select(c =>
            char.IsDigit(c) ? '9' : char.IsLetter(c) || char.IsSurrogate(c) ? 'a' : char.IsControl(c) ? ' ' : c)]);
        return text.Length > LongestShape ? $"{masked} …" : masked;
    }

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    private static JsonElement? Number(JsonElement value, string? text)
    {
        if (value.ValueKind is JsonValueKind.Number) return value.TryGetDecimal(out _) ? value.Clone() : null;
        return decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint
            | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture,
            out var number) ? JsonElement.Parse(number.ToString(CultureInfo.InvariantCulture)) : null;
    }

    private static JsonElement? Flag(string? text) =>
        Yes.Contains(text?.Trim(), StringComparer.OrdinalIgnoreCase) ? JsonElement.Parse("true")
        : No.Contains(text?.Trim(), StringComparer.OrdinalIgnoreCase) ? JsonElement.Parse("false")
        : null;

    /// <summary>A day is kept as one, a moment with its offset.</summary>
    private static JsonElement? Date(string text, ShopSettings shop) =>
        DateOnly.TryParseExact(text, Dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? Written(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
            : text.Length > 10 && text[4] == '-' && AttributeFields.Moment(text, shop) is not null
            ? Written(text)
            : null;

    private static JsonElement? List(JsonElement value, string? text)
    {
        if (value.ValueKind is JsonValueKind.Array) return Items([.. value.EnumerateArray().Select(Text)]);
        if (value.ValueKind is not JsonValueKind.String) return null;
        if (!text!.TrimStart().StartsWith('[')) return Items([.. text.Split([',', '、'])]);
        try
        {
            // Shopify keeps lists as JSON within a text.
            using var inner = JsonDocument.Parse(text);
            return Items([.. inner.RootElement.EnumerateArray().Select(Text)]);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement? Items(IReadOnlyList<string?> items)
    {
        if (items.Count > LongestList || items.Contains(null)) return null;
        var lines = items.Select(item => Wording.Title(item)).OfType<string>().Distinct();
        return JsonElement.Parse($"[{string.Join(',', lines.Select(Quoted))}]");
    }

    private static JsonElement Written(string text) => JsonElement.Parse(Quoted(text));

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}

using System.Globalization;
using System.Text.Json;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;

namespace Automation.Marketing.Segments;

/// <summary>The shop's own attributes of customers, as shop.json declares them; and values of declared types out of
/// JSON.</summary>
public static class AttributeFields
{
    /// <summary>The types shop.json may declare. A date reads as midnight in the shop's zone.</summary>
    public static readonly IReadOnlyDictionary<string, FieldType> Types = new Dictionary<string, FieldType>
    {
        ["text"] = FieldType.Text,
        ["number"] = FieldType.Number,
        ["flag"] = FieldType.Flag,
        ["date"] = FieldType.Time,
        ["list"] = FieldType.Texts,
        ["link"] = FieldType.Text,
    };

    /// <summary>Null where the shop declares no such attribute.</summary>
    public static Field? Find(string name, ShopSettings? shop) =>
        shop is not null && shop.Attributes.TryGetValue(name, out var declared)
        && Types.TryGetValue(declared, out var type)
            ? new Field(Fields.AttributePrefix + name, type, name, $"The shop's own: {declared}",
                s => Read(s.Customer.Attributes, name, type, s.Shop))
            : null;

    /// <summary>A value as a field of the type holds it: a list is never missing, at most empty.</summary>
    internal static object? Read(
        IReadOnlyDictionary<string, JsonElement>? values, string name, FieldType type, ShopSettings shop) =>
        (values is not null && values.TryGetValue(name, out var value) ? Value(value, type, shop) : null)
        ?? (type == FieldType.Texts ? Array.Empty<string>() : null);

    /// <summary>A JSON value as a field of the type; null where it is none.</summary>
    public static object? Value(JsonElement value, FieldType type, ShopSettings shop) => (type, value.ValueKind) switch
    {
        (FieldType.Text, JsonValueKind.String) => value.GetString(),
        (FieldType.Number, JsonValueKind.Number) => value.TryGetDecimal(out var number) ? number : null,
        (FieldType.Flag, JsonValueKind.True) => true,
        (FieldType.Flag, JsonValueKind.False) => false,
        (FieldType.Time, JsonValueKind.String) => Moment(value.GetString()!, shop),
        (FieldType.Texts, JsonValueKind.Array) => value.EnumerateArray()
            .Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!).ToArray(),
        _ => null,
    };

    /// <summary>A date (midnight in the shop's zone) or a moment with its offset, ISO 8601.</summary>
    public static DateTimeOffset? Moment(string text, ShopSettings? shop)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return Zones.Instant(date.ToDateTime(TimeOnly.MinValue), Zones.Of(null, shop?.TimeZone ?? "UTC"));
        return text.Length > 10 && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;
    }
}

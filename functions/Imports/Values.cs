using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Automation.Marketing.Segments;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;

namespace Automation.Functions.Imports;

/// <summary>Moments, amounts and answers as files write them. What could mean two things is wrong; it throws a
/// <see cref="BadLineException"/> with its place.</summary>
/// <param name="now">What is said to have happened later is wrong.</param>
public sealed partial class Values(ShopSettings shop, DateTimeOffset now)
{
    private const int FirstYear = 1990;
    private static readonly string[] Local =
    [
        "yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss", "yyyy/M/d", "yyyy/M/d H:mm",
        "yyyy/M/d H:mm:ss",
        "yyyy年M月d日", "yyyy年M月d日 H:mm", "yyyy年M月d日 H時m分",
    ];
    private static readonly string[] Exact = ["yyyy-MM-dd HH:mm:ss zzz", "yyyy-MM-ddTHH:mm:sszzz",
        "yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", "yyyy-MM-ddTHH:mm:ss'Z'", "yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'",
        "yyyy-MM-dd HH:mm:ss 'UTC'"];
    private static readonly string[] WithoutFractions = ["JPY", "KRW", "VND", "CLP", "ISK", "UGX", "XAF", "XOF", "XPF",
        "PYG", "RWF", "KMF", "DJF", "GNF", "BIF", "VUV"];
    private static readonly string[] Yes = ["given", "yes", "true", "1", "subscribed", "はい", "希望する", "許可", "登録", "登録済み",
        "購読", "○", "〇"];
    private static readonly string[] No = ["withdrawn", "no", "false", "0", "unsubscribed", "いいえ", "希望しない", "拒否", "未登録",
        "解除", "停止", "×"];
    private readonly TimeZoneInfo zone = Zones.Find(shop.TimeZone) ?? TimeZoneInfo.Utc;

    public DateTimeOffset? Moment(ImportRow row, string column)
    {
        if (row[column] is not { } text) return null;
        var at = DateTime.TryParseExact(text, Local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? Zones.Instant(local, zone)
            : DateTimeOffset.TryParseExact(text, Exact, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
                out var exact) ? exact.ToUniversalTime()
            : throw Bad(
                row, column, $"'{text}' is not a date; write 2026-11-22, 2026/11/22 9:30 or 2026-11-22T09:30:00+09:00");
        if (at > now.AddDays(1)) throw Bad(row, column, $"'{text}' is in the future");
        return at.Year >= FirstYear ? at : throw Bad(row, column, $"'{text}' is before {FirstYear}");
    }

    /// <summary>An amount: never below zero, its commas only between thousands, of a currency without fractions
    /// whole.</summary>
    /// <param name="currency">Null: a number of things.</param>
    public static decimal? Amount(ImportRow row, string column, string? currency)
    {
        if (row[column] is not { } text) return null;
        var number = text.Trim('¥', '￥', '円', '$', '€', '£', ' ');
        if (!Plain().IsMatch(number) || !decimal.TryParse(number.Replace(",", "", StringComparison.Ordinal),
            NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            throw Bad(row, column, $"'{text}' is not a number; numbers read 1298, 1,298 or 12.50");
        if (currency is not null && WithoutFractions.Contains(currency) && value != decimal.Truncate(value))
            throw Bad(row, column, $"'{text}' {currency} has a fraction");
        return value;
    }

    /// <summary>Null: not said.</summary>
    public static bool? Answer(ImportRow row, string column) => row[column] switch
    {
        null => null,
        var said when Yes.Contains(said, StringComparer.OrdinalIgnoreCase) => true,
        var said when No.Contains(said, StringComparer.OrdinalIgnoreCase) => false,
        var said => throw Bad(row, column, $"'{said}' is neither yes nor no"),
    };

    /// <summary>The attributes of a row, each of its declared type.</summary>
    public Dictionary<string, JsonElement> Attributes(ImportRow row)
    {
        var attributes = new Dictionary<string, JsonElement>();
        foreach (var column in row.Values.Keys.Where(
            column => column.StartsWith(Columns.Attribute, StringComparison.Ordinal)))
        {
            if (row[column] is not { } text) continue;
            var name = column[Columns.Attribute.Length..];
            var element = Element(row, column, text, shop.Attributes[name]);
            if (AttributeFields.Value(element, AttributeFields.Types[shop.Attributes[name]], shop) is null)
                throw Bad(row, column, $"'{text}' is not a {shop.Attributes[name]}");
            attributes[name] = element;
        }
        return attributes;
    }

    private JsonElement Element(ImportRow row, string column, string text, string type) => type switch
    {
        "number" => JsonElement.Parse(Amount(row, column, null)!.Value.ToString(CultureInfo.InvariantCulture)),
        "flag" => JsonElement.Parse(Answer(row, column)!.Value ? "true" : "false"),
        "date" => Text(TimeZoneInfo.ConvertTime(Moment(row, column)!.Value, zone).ToString(
            "yyyy-MM-dd", CultureInfo.InvariantCulture)),
        "list" or "link" => TypedValues.Of(Text(text), type, shop)
            ?? throw Bad(row, column, $"'{text}' is not a {type}"),
        _ => Text(text),
    };

    private static JsonElement Text(string text) => JsonElement.Parse($"\"{JsonEncodedText.Encode(text)}\"");

    public static BadLineException Bad(ImportRow row, string column, string reason) =>
        new(new BadLine(row.Line, column, reason));

    [GeneratedRegex(@"^(\d{1,3}(,\d{3})+|\d{1,12})(\.\d{1,3})?\z")]
    private static partial Regex Plain();
}

/// <summary>Carries what is wrong with a line to whoever counts it.</summary>
public sealed class BadLineException(BadLine bad) : Exception(bad.ToString())
{
    public BadLine Bad => bad;
}

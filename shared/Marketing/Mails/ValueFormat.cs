using System.Globalization;

namespace Automation.Marketing.Mails;

/// <summary>Values as people read them in a Japanese mail.</summary>
public static class ValueFormat
{
    public const string JapaneseDay = "yyyy年M月d日";

    public static string Say(object value) => value switch
    {
        string text => text,
        Money money => Money(money),
        DateTimeOffset at => Date(at, null),
        decimal number => number.ToString("0.############", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary><c>¥5,800</c>, <c>$58.00</c>, otherwise <c>58.00 SEK</c>.</summary>
    public static string Money(Money money) => money.Currency switch
    {
        "JPY" => money.Amount.ToString("¥#,0;-¥#,0", CultureInfo.InvariantCulture),
        "USD" => money.Amount.ToString("$#,0.00;-$#,0.00", CultureInfo.InvariantCulture),
        "EUR" => money.Amount.ToString("€#,0.00;-€#,0.00", CultureInfo.InvariantCulture),
        "KRW" => money.Amount.ToString("₩#,0;-₩#,0", CultureInfo.InvariantCulture),
        _ => $"{money.Amount.ToString("#,0.00", CultureInfo.InvariantCulture)} {money.Currency}",
    };

    /// <summary>Numbers count as the currency given, else yen.</summary>
    public static string Money(object value, string name, string? currency) => value switch
    {
        Money money => Money(currency is null ? money : money with { Currency = currency }),
        IConvertible number when decimal.TryParse(number.ToString(CultureInfo.InvariantCulture), NumberStyles.Number,
            CultureInfo.InvariantCulture, out var amount) => Money(new(amount, currency ?? "JPY")),
        _ => throw new MissingValueException($"{name} as money"),
    };

    public static string Date(object value, string name, string? format) => Date(Moment(value, name), format);

    /// <summary>In other languages than Japanese: months and weekdays in English.</summary>
    public static string Day(object value, string name, string format) =>
        Moment(value, name).ToString(format, CultureInfo.InvariantCulture);

    private static DateTimeOffset Moment(object value, string name) => value switch
    {
        DateTimeOffset at => at,
        string text when DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) => at,
        _ => throw new MissingValueException($"{name} as a date"),
    };

    /// <summary>Only web, mail and telephone addresses become links.</summary>
    public static string Link(string url, string name) =>
        IsLink(url) ? url : throw new MissingValueException($"{name} as a link");

    /// <summary>Does it lead anywhere from a mail?</summary>
    public static bool IsLink(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address)
        && address.Scheme is "https" or "http" or "mailto" or "tel";

    /// <summary><c>yyyy</c>, <c>M</c>, <c>d</c>, <c>H</c>, <c>mm</c> as in .NET; <c>ddd</c> is 日, 月, 火 …</summary>
    private static string Date(DateTimeOffset at, string? format) =>
        at.ToString((format ?? JapaneseDay).Replace(
            "ddd", $"'{"日月火水木金土"[(int)at.DayOfWeek]}'", StringComparison.Ordinal), CultureInfo.InvariantCulture);
}

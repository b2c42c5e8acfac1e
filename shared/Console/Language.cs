using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Automation.Console;

/// <summary>The language of a page: each text stands in the page in both, side by side, <c>@Say["今日",
/// "Today"]</c>.</summary>
public readonly record struct Language(bool IsJapanese)
{
    public static Language Japanese { get; } = new(true);
    public static Language English { get; } = new(false);

    /// <summary>BCP 47, for <c>lang</c>.</summary>
    public string Code => IsJapanese ? "ja" : "en";

    public string this[string japanese, string english] => IsJapanese ? japanese : english;

    /// <summary>A number as read: 12,345.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "How numbers are written is the language's.")]
    public string Number(decimal value) => value.ToString("#,##0.##", CultureInfo.InvariantCulture);

    /// <summary>So many of something: 3人, 3 customers; English as "one|many".</summary>
    public string Count(decimal value, string japanese, string english)
    {
        if (IsJapanese) return $"{Number(value)}{japanese}";
        var forms = english.Split('|');
        return $"{Number(value)} {(value == 1 || forms.Length == 1 ? forms[0] : forms[1])}";
    }

    /// <summary>A share, 0 to 1, as 12.3 %.</summary>
    public string Percent(double share) =>
        (share * 100).ToString("0.#", CultureInfo.InvariantCulture) + (IsJapanese ? "%" : " %");

    /// <summary>A share that may not be known.</summary>
    public string Percent(double? share) => share is { } known ? Percent(known) : "–";

    /// <summary>An amount in the shop's currency.</summary>
    public string Amount(decimal value, string currency) => currency switch
    {
        "JPY" => IsJapanese ? $"{Number(decimal.Round(value))}円" : $"¥{Number(decimal.Round(value))}",
        _ => $"{value.ToString("#,##0.00", CultureInfo.InvariantCulture)} {currency}",
    };

    /// <summary>A day: 11月25日(水), Wed 25 Nov.</summary>
    public string Day(DateOnly day) => IsJapanese
        ? string.Create(CultureInfo.InvariantCulture, $"{day.Month}月{day.Day}日({"日月火水木金土"[(int)day.DayOfWeek]})")
        : day.ToString("ddd d MMM", CultureInfo.InvariantCulture);

    /// <summary>A day with its year.</summary>
    public string Date(DateOnly day) => IsJapanese
        ? string.Create(CultureInfo.InvariantCulture, $"{day.Year}年{day.Month}月{day.Day}日")
        : day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>Seconds in words, where they are known.</summary>
    public string Stretch(double? seconds) => seconds is { } known ? Stretch(TimeSpan.FromSeconds(known)) : "–";

    /// <summary>That 19 of 20 took no longer; null: nothing is known.</summary>
    public string? MostlyWithin(double? seconds) => seconds is { } known
        ? this[$"20通中19通は {Stretch(known)} 以内", $"19 of 20 within {Stretch(known)}"]
        : null;

    /// <summary>A stretch of time in words: 4秒, 4 s; 3分, 3 min; 5時間, 5 h; 12日, 12 days.</summary>
    public string Stretch(TimeSpan span)
    {
        var (ja, one) = (IsJapanese, CultureInfo.InvariantCulture);
        return span switch
        {
            { TotalSeconds: < 10 } => string.Create(one, $"{span.TotalSeconds:0.#}{(ja ? "秒" : " s")}"),
            { TotalSeconds: < 90 } => string.Create(one, $"{span.TotalSeconds:0}{(ja ? "秒" : " s")}"),
            { TotalMinutes: < 90 } => string.Create(one, $"{span.TotalMinutes:0}{(ja ? "分" : " min")}"),
            { TotalHours: < 36 } => string.Create(one, $"{span.TotalHours:0}{(ja ? "時間" : " h")}"),
            _ => Count(Math.Round((decimal)span.TotalDays), "日", "day|days"),
        };
    }
}

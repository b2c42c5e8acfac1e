using System.Globalization;
using Automation.Marketing.Time;

namespace Automation.Console.Words;

/// <summary>Periods, weekdays, times of day and windows in words.</summary>
public static class TimeWords
{
    /// <summary>14日, 14 days.</summary>
    public static string Stretch(this Period period, Language say)
    {
        var (japanese, english) = period.Unit switch
        {
            PeriodUnit.Minute => ("分", "minute|minutes"),
            PeriodUnit.Hour => ("時間", "hour|hours"),
            PeriodUnit.Day => ("日", "day|days"),
            PeriodUnit.Week => ("週間", "week|weeks"),
            PeriodUnit.Month => ("か月", "month|months"),
            _ => ("年", "year|years"),
        };
        return say.Count(period.Count, japanese, english);
    }

    /// <summary>How long it is, about: for pictures.</summary>
    public static double InDays(this Period period) => period.Count * period.Unit switch
    {
        PeriodUnit.Minute => 1 / 1440.0,
        PeriodUnit.Hour => 1 / 24.0,
        PeriodUnit.Day => 1,
        PeriodUnit.Week => 7,
        PeriodUnit.Month => 30.4,
        _ => 365.25,
    };

    /// <summary>火・水・木曜日, Tuesday, Wednesday or Thursday.</summary>
    public static string Days(IReadOnlyList<DayOfWeek> days, Language say) => say.IsJapanese
        ? $"{string.Join("・", days.Select(day => "日月火水木金土"[(int)day]))}曜日"
        : Listed([.. days.Select(day => $"{day}")], say);

    public static string Time(TimeOnly time) => time.ToString("H:mm", CultureInfo.InvariantCulture);

    /// <summary>Several as one of them: AかB, A or B.</summary>
    public static string Listed(IReadOnlyList<string> several, Language say) => several switch
    {
        [] => "",
        [var one] => one,
        _ when say.IsJapanese => string.Join("、", several.SkipLast(1)) + "か" + several[^1],
        _ => string.Join(", ", several.SkipLast(1)) + " or " + several[^1],
    };

    /// <summary>火・水・木曜日の9:00〜20:00, Tuesday … from 9:00 to 20:00.</summary>
    public static string Of(Window window, Language say)
    {
        var (from, to) = (window.From ?? TimeOnly.MinValue, window.To ?? TimeOnly.MinValue);
        var days = window.Days is { } named ? Days(named, say) : say["毎日", "every day"];
        var isWholeDay = from == to && from == TimeOnly.MinValue;
        if (isWholeDay) return say[$"{days}（終日）", $"{days}, at any hour"];
        var end = to == TimeOnly.MinValue ? say["24:00", "midnight"]
            : to < from ? say[$"翌日{Time(to)}", $"{Time(to)} the day after"] : Time(to);
        return say[$"{days}の{Time(from)}〜{end}", $"{days} from {Time(from)} to {end}"];
    }
}

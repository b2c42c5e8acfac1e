using System.Globalization;

namespace Automation.Functions.Hosting;

/// <summary>
/// When a timer runs: an NCRONTAB expression of six fields (second minute hour day month weekday), in UTC.
/// Fields: <c>*</c>, numbers, names (<c>MON</c>, <c>JAN</c>), ranges, lists, steps; day and weekday must both match.
/// </summary>
public sealed class Schedule
{
    private static readonly string[] MonthNames = ["", "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] DayNames = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    private readonly string expression;
    private readonly ulong seconds, minutes, hours, days, months, weekdays;

    private Schedule(string expression, string[] fields)
    {
        this.expression = expression;
        seconds = Bits(fields[0], 0, 59, []);
        minutes = Bits(fields[1], 0, 59, []);
        hours = Bits(fields[2], 0, 23, []);
        days = Bits(fields[3], 1, 31, []);
        months = Bits(fields[4], 1, 12, MonthNames);
        weekdays = Bits(fields[5], 0, 6, DayNames);
    }

    /// <summary>FormatException says which field is wrong.</summary>
    public static Schedule Parse(string expression)
    {
        var fields = expression.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 6) throw new FormatException($"'{expression}' has {fields.Length} fields; six are needed: second minute hour day month weekday.");
        return new Schedule(expression, fields);
    }

    /// <summary>The first moment strictly after <paramref name="time"/>; null: never (30 February).</summary>
    public DateTimeOffset? Next(DateTimeOffset time)
    {
        var utc = time.UtcDateTime;
        var day = utc.Date;
        var first = new TimeSpan(utc.Hour, utc.Minute, utc.Second) + TimeSpan.FromSeconds(1);
        for (var last = day.AddYears(9); day <= last; day = day.AddDays(1), first = TimeSpan.Zero)   // a 29 February can be eight years away
        {
            if (!Has(months, day.Month) || !Has(days, day.Day) || !Has(weekdays, (int)day.DayOfWeek)) continue;
            if (NextInDay(first) is { } found) return new DateTimeOffset(day + found, TimeSpan.Zero);
        }
        return null;
    }

    private TimeSpan? NextInDay(TimeSpan from)
    {
        if (from.Days > 0) return null;
        for (var hour = from.Hours; hour < 24; hour++)
        {
            if (!Has(hours, hour)) continue;
            for (var minute = hour == from.Hours ? from.Minutes : 0; minute < 60; minute++)
            {
                if (!Has(minutes, minute)) continue;
                for (var second = hour == from.Hours && minute == from.Minutes ? from.Seconds : 0; second < 60; second++)
                    if (Has(seconds, second)) return new TimeSpan(hour, minute, second);
            }
        }
        return null;
    }

    private ulong Bits(string field, int lowest, int highest, string[] names)
    {
        var bits = 0ul;
        foreach (var part in field.Split(','))
        {
            var (range, step) = part.Split('/') switch
            {
                [var all] => (all, (int?)null),
                [var all, var every] when int.TryParse(every, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0 => (all, n),
                _ => throw Wrong(part),
            };
            var (from, to) = range.Split('-') switch
            {
                ["*"] => (lowest, highest),
                [var one] => (Number(one), step is null ? Number(one) : highest),
                [var a, var b] => (Number(a), Number(b)),
                _ => throw Wrong(part),
            };
            if (from > to) throw Wrong(part);
            for (var value = from; value <= to; value += step ?? 1) bits |= 1ul << value;
        }
        return bits;

        int Number(string text)
        {
            if (names.Length > 0 && Array.IndexOf(names, text.ToUpperInvariant()) is >= 0 and var named) return named;
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= lowest && value <= highest ? value : throw Wrong(text);
        }

        FormatException Wrong(string text) => new($"'{text}' in the schedule '{expression}' is not {lowest}–{highest}, a range, a list or a step.");
    }

    private static bool Has(ulong bits, int value) => (bits >> value & 1) == 1;

    public override string ToString() => expression;
}

namespace Automation.Marketing.Time;

/// <summary>Moments on the calendar: the next weekday at a time, the next anniversary.</summary>
public static class Dates
{
    /// <summary>The first moment after <paramref name="after"/> (never the same moment) at which the zone's clocks show
    /// the time on one of the days; no days: any day.</summary>
    public static DateTimeOffset Next(
        IReadOnlyList<DayOfWeek>? days, TimeOnly at, DateTimeOffset after, TimeZoneInfo zone)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(after, zone).Date);
        while (true)
        {
            if (days is null || days.Contains(day.DayOfWeek))
            {
                var moment = Zones.Instant(day.ToDateTime(at), zone);
                if (moment > after) return moment;
            }
            day = day.AddDays(1);
        }
    }

    /// <summary>The date in another year; 29 February becomes the 28th where the year has none.</summary>
    public static DateOnly InYear(DateOnly date, int year) =>
        new(year, date.Month, Math.Min(date.Day, DateTime.DaysInMonth(year, date.Month)));
}

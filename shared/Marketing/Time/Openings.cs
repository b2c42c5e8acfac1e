namespace Automation.Marketing.Time;

/// <summary>When several windows are open together.</summary>
public static class Openings
{
    /// <summary>Days looked ahead: a weekday that a clock change swallows comes again a week later.</summary>
    private const int Ahead = 16;

    /// <summary>The first instant not before <paramref name="instant"/> at which all windows are open; null where they
    /// never are together.</summary>
    public static DateTimeOffset? Next(IReadOnlyList<Window> windows, DateTimeOffset instant, TimeZoneInfo zone)
    {
        if (AllOpen(windows, instant, zone)) return instant;
        var first = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).Date);
        for (var n = -1; n <= Ahead; n++)
        {
            DateTimeOffset? next = null;
            foreach (var turn in Turns(windows, first.AddDays(n), zone))
                if (turn >= instant && (next is null || turn < next) && AllOpen(windows, turn, zone)) next = turn;
            if (next is not null) return next;
        }
        return null;
    }

    private static bool AllOpen(IReadOnlyList<Window> windows, DateTimeOffset instant, TimeZoneInfo zone)
    {
        foreach (var window in windows)
            if (!window.IsOpen(instant, zone)) return false;
        return true;
    }

    /// <summary>A closed window can only turn open where the clocks show an opening time or midnight, or where the
    /// clocks are changed.</summary>
    private static IEnumerable<DateTimeOffset> Turns(IReadOnlyList<Window> windows, DateOnly day, TimeZoneInfo zone)
    {
        var start = Zones.Instant(day.ToDateTime(TimeOnly.MinValue), zone);
        var end = Zones.Instant(day.AddDays(1).ToDateTime(TimeOnly.MinValue), zone);
        yield return start;
        foreach (var window in windows)
            foreach (var turn in Zones.Instants(day.ToDateTime(window.TurnsAt), zone)) yield return turn;
        if (start.Offset != end.Offset) yield return ClockChange(start, end, zone);
    }

    private static DateTimeOffset ClockChange(DateTimeOffset start, DateTimeOffset end, TimeZoneInfo zone)
    {
        var (before, after) = (start.UtcTicks, end.UtcTicks);
        while (after - before > 1)
        {
            var middle = before + (after - before) / 2;
            if (zone.GetUtcOffset(new DateTimeOffset(middle, TimeSpan.Zero)) == start.Offset) before = middle;
            else after = middle;
        }
        return TimeZoneInfo.ConvertTime(new DateTimeOffset(after, TimeSpan.Zero), zone);
    }
}

using NCrontab;

namespace Automation.Functions.Local;

/// <summary>When a timer runs: an NCRONTAB expression of six fields (second minute hour day month weekday), in UTC,
/// read as the Functions host reads it.</summary>
public sealed class Schedule
{
    private static readonly CrontabSchedule.ParseOptions WithSeconds = new() { IncludingSeconds = true };

    /// <summary>A 29 February can be eight years away.</summary>
    private const int YearsAhead = 9;

    private readonly CrontabSchedule crontab;

    private Schedule(CrontabSchedule crontab) => this.crontab = crontab;

    /// <exception cref="CrontabException">Says which field is wrong, and what it may be.</exception>
    public static Schedule Parse(string expression) => new(CrontabSchedule.Parse(expression, WithSeconds));

    /// <summary>The first moment strictly after <paramref name="time"/>; null: never (30 February).</summary>
    public DateTimeOffset? Next(DateTimeOffset time)
    {
        var end = time.UtcDateTime.AddYears(YearsAhead);
        return crontab.GetNextOccurrence(time.UtcDateTime, end) is var next && next < end ? new(next) : null;
    }
}

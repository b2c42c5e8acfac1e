namespace Automation.Marketing.Time;

/// <summary>Days and hours, in the customer's zone, in which something may go out: from its opening minute until just
/// before its closing one. From 21:00 to 08:00 crosses midnight; the day is the day it opens. No days: every day; no
/// from: from midnight; no to: until midnight.</summary>
public sealed record Window(IReadOnlyList<DayOfWeek>? Days, TimeOnly? From, TimeOnly? To)
{
    private TimeOnly Opens => From ?? TimeOnly.MinValue;
    private TimeOnly Closes => To ?? TimeOnly.MinValue;

    public bool IsOpen(DateTimeOffset instant, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(instant, zone);
        var (day, time) = (local.DayOfWeek, TimeOnly.FromTimeSpan(local.TimeOfDay));
        return Opens < Closes
            ? On(day) && time >= Opens && time < Closes
            : (On(day) && time >= Opens) || (On(Eve(day)) && time < Closes);
    }

    /// <summary>The first open instant that is not before <paramref name="instant"/>.</summary>
    public DateTimeOffset NextOpening(DateTimeOffset instant, TimeZoneInfo zone) =>
        Openings.Next([this], instant, zone) ?? throw new InvalidOperationException($"{this} never opens.");

    /// <summary>Local times of day at which it may turn from closed to open.</summary>
    internal TimeOnly TurnsAt => Opens;

    private bool On(DayOfWeek day) => Days is null || Days.Contains(day);
    private static DayOfWeek Eve(DayOfWeek day) => (DayOfWeek)(((int)day + 6) % 7);
}

using Automation.Marketing.Time;

namespace Automation.Marketing.Journeys;

/// <summary>May a customer who walked here before walk again? Pure.</summary>
public static class Reentries
{
    public static bool Allows(Reentry rule, Enrollment last, DateTimeOffset now, TimeZoneInfo zone) => rule switch
    {
        _ when last.IsLive => false,
        Reentry.NeverAgain => false,
        Reentry.AsSoonAsLeft => true,
        Reentry.AfterPeriod(var after) => after.After(last.StartedAt, zone) <= now,
        _ => throw new ArgumentOutOfRangeException(nameof(rule)),
    };
}

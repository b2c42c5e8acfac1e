using Automation.Marketing.Time;

namespace Automation.Marketing.Shop;

/// <summary>When the plan counts a message: the moment it goes, for caps in hours, and the day it counts on, for caps
/// in days.</summary>
/// <param name="Day">
/// A date of the shop's calendar. A newsletter's is the date of its slot, also where a holiday moves it: two issues of
/// a series are always as far apart as its weekdays are, whatever hours their chunks take.
/// </param>
public readonly record struct PlanMoment(DateTimeOffset At, DateOnly Day)
{
    /// <param name="zone">The shop's.</param>
    public static PlanMoment Of(DateTimeOffset at, TimeZoneInfo zone) => new(at, Zones.Day(at, zone));
}

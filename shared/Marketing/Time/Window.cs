namespace Automation.Marketing.Time;

/// <summary>Days and hours, in the customer's zone, in which something may go out. From 21:00 to 08:00 crosses midnight; the day is the day it opens.</summary>
public sealed record Window(IReadOnlyList<DayOfWeek>? Days, TimeOnly? From, TimeOnly? To);

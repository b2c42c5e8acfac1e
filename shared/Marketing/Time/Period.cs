using System.Text.Json.Serialization;

namespace Automation.Marketing.Time;

/// <summary>A length of time as people write it: <c>"3 days"</c>, <c>"2 weeks"</c>, <c>"12 hours"</c>. Days and more are calendar days in a zone; months and years clip to the month's end.</summary>
public readonly record struct Period(int Count, PeriodUnit Unit)
{
    public override string ToString() => $"{Count} {Unit.ToString().ToLowerInvariant()}{(Count == 1 ? "" : "s")}";
}

/// <summary>Units a period is counted in.</summary>
public enum PeriodUnit { Minute, Hour, Day, Week, Month, Year }

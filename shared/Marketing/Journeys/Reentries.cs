namespace Automation.Marketing.Journeys;

/// <summary>May a customer who walked here before walk again? Pure.</summary>
public static class Reentries
{
    /// <summary>Why not; null: they may.</summary>
    public static string? Refuses(Reentry rule, Enrollment last, DateTimeOffset now, TimeZoneInfo zone) => rule switch
    {
        _ when last.IsLive => "is in it already",
        Reentry.NeverAgain => "reentry never",
        Reentry.AsSoonAsLeft => null,
        Reentry.AfterPeriod(var after) => after.After(last.StartedAt, zone) <= now ? null : $"reentry after {after}",
        _ => throw new ArgumentOutOfRangeException(nameof(rule)),
    };
}

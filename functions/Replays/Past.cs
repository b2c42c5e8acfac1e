using Automation.Marketing.People;
using Automation.Marketing.Replays;

namespace Automation.Functions.Replays;

/// <summary>The stretch of the shop's time that is played.</summary>
/// <param name="Begin">Where the playing begins: before the first day that is counted, so that those who were on their
/// way by then are.</param>
/// <param name="End">Now.</param>
/// <param name="From">The first day that is counted, on the shop's calendar.</param>
/// <param name="To">The last.</param>
public sealed record Stretch(DateTimeOffset Begin, DateTimeOffset End, DateOnly From, DateOnly To)
{
    /// <summary>How long is played before anything is counted.</summary>
    public static readonly TimeSpan RunIn = TimeSpan.FromDays(28);

    /// <summary>The last days, today with them.</summary>
    public static Stretch Last(int days, DateTimeOffset now, TimeZoneInfo zone)
    {
        var today = Marketing.Time.Zones.Day(now, zone);
        var from = today.AddDays(1 - days);
        return new(Marketing.Time.Zones.Instant(from.ToDateTime(TimeOnly.MinValue), zone) - RunIn, now, from, today);
    }
}

/// <summary>What the shop's tables say of a stretch of its past: a database as everything stood at its beginning, what
/// happened since, and what really went.</summary>
public sealed record Past
{
    public required Stretch Stretch { get; init; }

    /// <summary>The database's file.</summary>
    public required string File { get; init; }

    /// <summary>In the order in which it happened.</summary>
    public required IReadOnlyList<PastEvent> Events { get; init; }

    /// <summary>How customers answered which mail (<c>{customer}|{mail}</c>), as far as they got it in that
    /// time.</summary>
    public required IReadOnlyDictionary<string, Reaction> Reactions { get; init; }
    public required int Customers { get; init; }

    /// <summary>What issues of that time went out with, by file (<c>newsletters/weekly/2026-11-25.md</c>): played
    /// where the shop's folder does not have them any more.</summary>
    public required IReadOnlyDictionary<string, string> Issues { get; init; }
    public required PeriodFigures Went { get; init; }

    public static string Key(CustomerId customer, string mail) => $"{customer}|{mail}";
}

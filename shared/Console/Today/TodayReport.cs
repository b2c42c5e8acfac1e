using Automation.Marketing.Inbox;
using Automation.Marketing.Insights;
using Automation.Marketing.Newsletters.Issues;

namespace Automation.Console.Today;

/// <summary>A glance at the shop: is the host well, what happened, what comes, what needs somebody.</summary>
public sealed record TodayReport
{
    /// <summary>Why webhooks cannot be taken just now; null: they can.</summary>
    public string? NotReady { get; init; }

    /// <summary>What the shop lacks because files were refused.</summary>
    public required IReadOnlyList<string> Lacks { get; init; }

    /// <summary>Messages in the queues, about.</summary>
    public required long Waiting { get; init; }
    public required ThanksReport Thanks { get; init; }

    /// <summary>The last two weeks, today last.</summary>
    public required IReadOnlyList<DayFigures> Days { get; init; }
    public DateTimeOffset? CountedAt { get; init; }
    public required IReadOnlyList<RunningJourney> Journeys { get; init; }

    /// <summary>The next slots of newsletters, and those under way.</summary>
    public required IReadOnlyList<CalendarEntry> Slots { get; init; }
    public required IReadOnlyList<AttentionEntry> Attention { get; init; }
}

/// <summary>A journey that is in force.</summary>
public sealed record RunningJourney
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required bool Paused { get; init; }

    /// <summary>How many are in it now, as last counted.</summary>
    public required decimal Live { get; init; }
    public required decimal Entered { get; init; }
}

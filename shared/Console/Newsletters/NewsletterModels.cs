using Automation.Console.Letters;
using Automation.Marketing.Insights;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;

namespace Automation.Console.Newsletters;

/// <summary>A series in the list: when it goes, what comes next, what went last.</summary>
/// <param name="Next">The next slots, at most three.</param>
/// <param name="Last">The issue that went out last; null: none has.</param>
public sealed record SeriesLine(Newsletter Newsletter, IReadOnlyList<CalendarEntry> Next, IssueInsights? Last);

/// <summary>One series: its slots, its issues and how they did, its settings.</summary>
public sealed record SeriesView
{
    public required Newsletter Newsletter { get; init; }
    public required IReadOnlyList<CalendarEntry> Next { get; init; }

    /// <summary>Issues of the last half year that went out, oldest first.</summary>
    public required IReadOnlyList<IssueInsights> Past { get; init; }

    /// <summary>Whom its next issue would reach; null: nobody asked.</summary>
    public AudienceCount? Audience { get; init; }

    /// <summary>Its file; null: whoever looks may not change it.</summary>
    public LetterDraft? Settings { get; init; }
}

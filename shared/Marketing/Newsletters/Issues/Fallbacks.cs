using System.Globalization;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.Time;

namespace Automation.Marketing.Newsletters.Issues;

/// <summary>A fallback that does not go out in a slot, because it did lately.</summary>
/// <param name="WentOn">The day it went to the last of those who got it, in the newsletter's zone.</param>
/// <param name="AgainFrom">The first day on which it may go again.</param>
public sealed record SpentFallback(string File, DateOnly WentOn, DateOnly AgainFrom)
{
    public string InWords() => string.Create(CultureInfo.InvariantCulture,
        $"{File} went out on {WentOn:yyyy-MM-dd} and goes again from {AgainFrom:yyyy-MM-dd}");
}

/// <summary>Which fallback a slot gets.</summary>
/// <param name="File">The first listed that did not go out lately; null: there is none.</param>
public sealed record FallbackChoice(string? File, IReadOnlyList<SpentFallback> Spent);

/// <summary>Nobody gets a fallback twice within the newsletter's period: one that went out rests for everybody, from
/// the day on which the last reader may have got it. Pure.</summary>
public static class Fallbacks
{
    /// <param name="files">Those that can be sent, in the order they are listed.</param>
    /// <param name="went">Which file went out when: to its last reader.</param>
    public static FallbackChoice Choose(
        IEnumerable<string> files, Period againAfter, IReadOnlyCollection<(string File, DateTimeOffset At)> went,
        DateTimeOffset slot, TimeZoneInfo zone)
    {
        var spent = new List<SpentFallback>();
        foreach (var file in files)
        {
            if (Last(file, went) is not { } at || Again(at, againAfter, zone) is var again && slot >= again)
                return new(file, spent);
            spent.Add(new(file, Zones.Day(at, zone), Zones.Day(again, zone)));
        }
        return new(null, spent);
    }

    /// <summary>When issues took their files out: as late as a reader can have got it, as far as it is known now. One
    /// that waits for somebody's word has taken nothing out: when it may go, this is asked again
    /// (<see cref="Obstacle"/>).</summary>
    public static IEnumerable<(string File, DateTimeOffset At)> Went(IEnumerable<Issue> issues, DateTimeOffset now) =>
        from issue in issues
        where issue is { File: not null, MovedTo: null }
            && (issue.StartedAt is not null || issue.State is IssueState.Sending or IssueState.Sent)
        select (issue.File!, issue.EndedAt ?? (issue.Slot > now ? issue.Slot : now));

    /// <summary>Why an issue that was held until now must not begin any more: its fallback went out meanwhile; null: it
    /// may.</summary>
    /// <param name="others">The newsletter's issues; itself is left out.</param>
    public static string? Obstacle(
        Issue issue, Newsletter newsletter, IEnumerable<Issue> others, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (issue.File is not { } file || IssueId.IsDate(file)) return null;
        var choice = Choose(
            [file],
            newsletter.FallbackAgainAfter,
            [.. Went(others.Where(other => other.Id != issue.Id), now)],
            now,
            zone);
        return choice.File is null ? choice.Spent[0].InWords() : null;
    }

    private static DateTimeOffset? Last(string file, IEnumerable<(string File, DateTimeOffset At)> went) =>
        went.Where(one => one.File == file).Max(one => (DateTimeOffset?)one.At);

    /// <summary>By days: a slot of the same weekday is not too early because the last one took an hour.</summary>
    private static DateTimeOffset Again(DateTimeOffset at, Period againAfter, TimeZoneInfo zone) =>
        againAfter.After(Zones.Instant(Zones.Day(at, zone).ToDateTime(TimeOnly.MinValue), zone), zone);
}

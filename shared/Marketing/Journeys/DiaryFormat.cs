using System.Globalization;

namespace Automation.Marketing.Journeys;

/// <summary>The diary as people read it: <c>day 14 09:00 sent second-purchase/how-is-it</c>, days and times on the
/// shop's clocks.</summary>
public static class DiaryFormat
{
    public static string Line(DateTimeOffset start, DateTimeOffset at, TimeZoneInfo shop, string text)
    {
        var (first, local) = (TimeZoneInfo.ConvertTime(start, shop).Date, TimeZoneInfo.ConvertTime(at, shop).DateTime);
        return string.Create(CultureInfo.InvariantCulture, $"day {(local.Date - first).Days,2} {local:HH:mm} {text}");
    }

    /// <summary>Where two diaries part: all lines, with "- " before what was expected and did not come, "+ " before
    /// what came instead. Empty: they agree. Runs of spaces count as one.</summary>
    public static IReadOnlyList<string> Differences(IReadOnlyList<string> expected, IReadOnlyList<string> actual)
    {
        var (left, right) = (expected.Select(Squeezed).ToList(), actual.Select(Squeezed).ToList());
        if (left.SequenceEqual(right)) return [];
        var lines = new List<string>();
        var (i, j) = (0, 0);
        foreach (var (nextLeft, nextRight) in LongestCommon.Of(left, right))
        {
            while (i < nextLeft) lines.Add($"- {expected[i++]}");
            while (j < nextRight) lines.Add($"+ {actual[j++]}");
            if (j < right.Count) lines.Add($"  {actual[j]}");
            (i, j) = (nextLeft + 1, nextRight + 1);
        }
        return lines;
    }

    private static string Squeezed(string line) =>
        string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}

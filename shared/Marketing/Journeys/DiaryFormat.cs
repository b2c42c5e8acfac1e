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
        var common = new int[left.Count + 1, right.Count + 1];
        for (var i = left.Count - 1; i >= 0; i--)
            for (var j = right.Count - 1; j >= 0; j--)
                common[i, j] =
                    left[i] == right[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        var lines = new List<string>();
        for (var (i, j) = (0, 0); i < left.Count || j < right.Count;)
        {
            if (i < left.Count && j < right.Count && left[i] == right[j])
            {
                lines.Add($"  {actual[j]}");
                (i, j) = (i + 1, j + 1);
            }
            else if (i < left.Count && (j == right.Count || common[i + 1, j] >= common[i, j + 1]))
                lines.Add($"- {expected[i++]}");
            else lines.Add($"+ {actual[j++]}");
        }
        return lines;
    }

    private static string Squeezed(string line) =>
        string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}

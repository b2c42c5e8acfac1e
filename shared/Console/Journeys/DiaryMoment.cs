using System.Globalization;
using System.Text.RegularExpressions;

namespace Automation.Console.Journeys;

/// <summary>A line of a diary as a place on a line of days.</summary>
/// <param name="Day">Since the beginning, with its time as a fraction; below 0 is history.</param>
/// <param name="IsSent">Something went to the customer.</param>
/// <param name="Line">As the diary says it.</param>
public sealed partial record DiaryMoment(double Day, bool IsSent, string Line)
{
    /// <summary>In the diary's order; lines without a day (…) have no place.</summary>
    public static IReadOnlyList<DiaryMoment> Of(IEnumerable<string> diary) =>
    [
        .. from line in diary
           let match = Shape().Match(line)
           where match.Success
           select new DiaryMoment(
               Number(match, 1) + (Number(match, 2) + Number(match, 3) / 60) / 24,
               match.Groups[4].Value.StartsWith("sent ", StringComparison.Ordinal), line),
    ];

    private static double Number(Match match, int group) =>
        double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^day\s+(-?\d+) (\d\d):(\d\d) (.*)$")]
    private static partial Regex Shape();
}

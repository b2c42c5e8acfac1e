using System.Globalization;

namespace Automation.Marketing.Insights;

/// <summary>How many customers usually come again after so long, as far as they have a rhythm of their own (three
/// orders or more).</summary>
/// <param name="UpToDays">The longest usual interval that is counted here; null: longer than all before.</param>
public sealed record Rhythm(int? UpToDays, decimal Customers);

/// <summary>Usual intervals, counted by how long they are. Pure.</summary>
public static class Rhythms
{
    private static readonly int[] Ends = [7, 14, 21, 30, 45, 60, 90, 120, 180, 365];

    /// <summary>The figure a usual interval counts in.</summary>
    internal static string Figure(double days) =>
        $"rhythm|{End(days)?.ToString(CultureInfo.InvariantCulture) ?? "more"}";

    /// <summary>From the most frequent to the rarest; each is there, though it may be nobody's.</summary>
    public static IReadOnlyList<Rhythm> Of(Figures figures) =>
        [.. Ends.Cast<int?>().Append(null).Select(end => new Rhythm(end, figures[Figure(end ?? double.MaxValue)]))];

    private static int? End(double days) => Ends.Cast<int?>().FirstOrDefault(end => days <= end);
}

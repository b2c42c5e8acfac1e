using System.Globalization;

namespace Automation.Marketing.Insights;

/// <summary>Durations counted in buckets, so that they add up over shards and days. A percentile is read off by running
/// straight through its bucket, as Prometheus does; it is exact to the bucket.</summary>
public static class Durations
{
    /// <summary>Upper ends, seconds; what took longer than the last is in the last.</summary>
    private static readonly int[] Ends = [1, 2, 3, 5, 8, 13, 20, 30, 45, 60, 90, 120, 180, 300, 600, 1_200, 1_800,
        3_600, 7_200, 21_600, 86_400, 259_200];

    /// <summary>The bucket's upper end, as its name.</summary>
    public static string Bucket(TimeSpan took)
    {
        var seconds = Math.Max(0, took.TotalSeconds);
        return Ends[Math.Min(
            Ends.Length - 1, Ends.TakeWhile(end => end < seconds).Count())].ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Seconds that this share (0.5, 0.95) did not exceed; null: nothing was counted.</summary>
    public static double? Percentile(IReadOnlyDictionary<int, decimal> byEnd, double share)
    {
        var (below, rank) = (0.0, share * (double)byEnd.Values.Sum());
        if (rank <= 0) return null;
        for (var n = 0; n < Ends.Length; n++)
        {
            var here = (double)byEnd.GetValueOrDefault(Ends[n]);
            if (here > 0 && below + here >= rank)
            {
                var from = n == 0 ? 0 : Ends[n - 1];
                return from + (Ends[n] - from) * (rank - below) / here;
            }
            below += here;
        }
        return Ends[^1];
    }
}

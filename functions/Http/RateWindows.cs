using System.Threading.RateLimiting;

namespace Automation.Functions.Http;

/// <summary>How often, in windows of a fixed length. Counted in this process, so whoever holds one is made once: a
/// function's class is made for each of its calls.</summary>
public static class RateWindows
{
    /// <summary>So many in each window, by key.</summary>
    public static PartitionedRateLimiter<string> Of(int permits, TimeSpan window) =>
        PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetFixedWindowLimiter(
            key, _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = window }));

    /// <summary>So many in each window by key, and so many of all together.</summary>
    public static PartitionedRateLimiter<string> Of(int permits, int together, TimeSpan window)
    {
        var all = PartitionedRateLimiter.Create<string, string>(_ => RateLimitPartition.GetFixedWindowLimiter(
            "", _ => new FixedWindowRateLimiterOptions { PermitLimit = together, Window = window }));
        return PartitionedRateLimiter.CreateChained(Of(permits, window), all);
    }

    /// <summary>One of the key's, where there is one left.</summary>
    public static bool Take(this PartitionedRateLimiter<string> limiter, string key)
    {
        using var lease = limiter.AttemptAcquire(key);
        return lease.IsAcquired;
    }
}

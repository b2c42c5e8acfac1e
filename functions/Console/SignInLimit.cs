using System.Threading.RateLimiting;

namespace Automation.Functions.Console;

/// <summary>Ten tries a minute from one address, so that nobody tries keys by the thousand.</summary>
public sealed class SignInLimit : IDisposable
{
    private const int Tries = 10;

    private readonly PartitionedRateLimiter<string> limiter = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetFixedWindowLimiter(
            address, _ => new FixedWindowRateLimiterOptions { PermitLimit = Tries, Window = TimeSpan.FromMinutes(1) }));

    public bool Allows(string? address)
    {
        using var lease = limiter.AttemptAcquire(address ?? "");
        return lease.IsAcquired;
    }

    public void Dispose() => limiter.Dispose();
}

using System.Threading.RateLimiting;

namespace Automation.Functions.Console.Letters;

/// <summary>Thirty tests in ten minutes from one process: enough to try a mail out, too few to write to
/// people.</summary>
public sealed class TestLimit : IDisposable
{
    private readonly FixedWindowRateLimiter limiter = new(
        new() { PermitLimit = 30, Window = TimeSpan.FromMinutes(10) });

    public bool Allows(int mails)
    {
        using var lease = limiter.AttemptAcquire(mails);
        return lease.IsAcquired;
    }

    public void Dispose() => limiter.Dispose();
}

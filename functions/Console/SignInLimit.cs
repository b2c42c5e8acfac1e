using System.Threading.RateLimiting;
using Automation.Functions.Http;

namespace Automation.Functions.Console;

/// <summary>Ten tries a minute from one address, so that nobody tries keys by the thousand.</summary>
public sealed class SignInLimit : IDisposable
{
    private readonly PartitionedRateLimiter<string> addresses = RateWindows.Of(10, TimeSpan.FromMinutes(1));

    public bool Allows(string? address) => addresses.Take(address ?? "");

    public void Dispose() => addresses.Dispose();
}

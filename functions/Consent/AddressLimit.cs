using System.Threading.RateLimiting;
using Automation.Functions.Http;

namespace Automation.Functions.Consent;

/// <summary>Mails that ask about an address: three by one link and a hundred of all together in ten minutes.</summary>
public sealed class AddressLimit : IDisposable
{
    private readonly PartitionedRateLimiter<string> links = RateWindows.Of(3, 100, TimeSpan.FromMinutes(10));

    public bool Allows(string token) => links.Take(token);

    public void Dispose() => links.Dispose();
}

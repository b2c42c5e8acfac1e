using System.Threading.RateLimiting;
using Automation.Functions.Http;
using Automation.Marketing.Choices;
using Automation.Marketing.People;

namespace Automation.Functions.Line;

/// <summary>Mails that one link in LINE asks for, three in ten minutes, and all together, a hundred; and how often an
/// e-mail address or a telephone is asked for, whether anybody has it or not: five times an hour.</summary>
public sealed class LinkLimit(AccountFinder accounts) : IDisposable
{
    private readonly PartitionedRateLimiter<string> links = RateWindows.Of(3, 100, TimeSpan.FromMinutes(10));
    private readonly PartitionedRateLimiter<string> addresses = RateWindows.Of(5, TimeSpan.FromHours(1));

    /// <summary>What cannot be an address or a telephone asks for no mail, and counts for its link alone.</summary>
    public bool Allows(string token, LinkClaim claim) =>
        links.Take(token) & (Asked(claim) is not { Length: > 0 } address || addresses.Take(address));

    /// <summary>What is asked for, as it is kept; null or empty: it can be nobody's.</summary>
    private string? Asked(LinkClaim claim) => claim switch
    {
        LinkClaim.ByAddress(var given) => EmailAddress.Normalize(given),
        LinkClaim.ByOrder(_, var phone) => accounts.Normalized(phone),
        _ => null,
    };

    public void Dispose()
    {
        links.Dispose();
        addresses.Dispose();
    }
}

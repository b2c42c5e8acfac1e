using Automation.Marketing.Sending;

namespace Automation.Marketing.Engagement;

/// <summary>When an address that bounces softly is given up: three of the customer's last five mails. Pure.</summary>
public static class SoftBounceRule
{
    public const int Bounces = 3;
    public const int Sends = 5;

    /// <param name="sends">What became of the customer's sends, in any order; those without an end yet do not
    /// count.</param>
    public static bool GivesUp(IEnumerable<EngagementRecord> sends) =>
        sends.Where(send => send is { DeliveredAt: not null } or { SoftBounced: not null } or { Bounced: not null })
            .OrderByDescending(send => send.At).Take(Sends)
            .Count(send => send is { SoftBounced: not null, DeliveredAt: null }) >= Bounces;
}

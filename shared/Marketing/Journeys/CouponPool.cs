using Automation.Marketing.People;

namespace Automation.Marketing.Journeys;

/// <summary>The codes a pool's file names.</summary>
public sealed record CouponFile(string Pool, IReadOnlyList<Coupon> Codes, string Hash);

/// <summary>How a pool stands.</summary>
/// <param name="Left">Codes nobody has taken yet.</param>
public sealed record CouponPool(string Pool, int Left, int Taken);

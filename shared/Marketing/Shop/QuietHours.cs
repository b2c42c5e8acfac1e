using Automation.Marketing.Time;

namespace Automation.Marketing.Shop;

/// <summary>From and to, in the customer's zone; across midnight where from is later than to.</summary>
public sealed record QuietHours(TimeOnly From, TimeOnly To)
{
    /// <summary>The rest of the day: when marketing may go out.</summary>
    public Window Outside => new(null, To, From);
}

using Automation.Marketing.Shop;

namespace Automation.Marketing.Files;

/// <summary>What a file may name. Null: not known just now (its own file is broken or elsewhere), so not
/// checked.</summary>
public sealed record Names
{
    public static readonly Names Unchecked = new();

    /// <summary>Mails by name, e.g. <c>second-purchase/how-is-it</c>.</summary>
    public IReadOnlyCollection<string>? Mails { get; init; }

    /// <summary>LINE texts by name.</summary>
    public IReadOnlyCollection<string>? Lines { get; init; }

    /// <summary>The shop's answers by name, without their languages.</summary>
    public IReadOnlyCollection<string>? Answers { get; init; }
    public IReadOnlyCollection<string>? Journeys { get; init; }
    public IReadOnlyCollection<string>? Newsletters { get; init; }

    /// <summary>Pools of coupon codes.</summary>
    public IReadOnlyCollection<string>? Coupons { get; init; }

    /// <summary>The shop's own pictures, e.g. <c>hero.png</c>.</summary>
    public IReadOnlyCollection<string>? Pictures { get; init; }

    /// <summary>Declares the shop's own events and attributes, and the hosts that may be called.</summary>
    public ShopSettings? Shop { get; init; }
}

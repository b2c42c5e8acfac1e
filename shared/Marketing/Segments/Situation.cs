using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Segments;

/// <summary>Everything a condition or a mail's blanks may look at.</summary>
public sealed record Situation
{
    public required Customer Customer { get; init; }
    public required ShopSettings Shop { get; init; }
    public required DateTimeOffset Now { get; init; }

    /// <summary>The order the journey or event is about.</summary>
    public Order? Order { get; init; }

    /// <summary>The event being judged, or the one that started the journey.</summary>
    public ShopEvent? Event { get; init; }

    /// <summary>The code the walk took last; null: none.</summary>
    public Coupon? Coupon { get; init; }

    /// <summary>The shop's median interval between orders, days; null: not enough orders yet.</summary>
    public double? ShopInterval { get; init; }

    /// <summary>The shop's median interval between purchases of a product, days.</summary>
    public IReadOnlyDictionary<string, double> ProductIntervals { get; init; } = Intervals.Unknown.Products;

    /// <summary>With what is usual in the shop.</summary>
    public Situation With(Intervals usual) =>
        this with { ShopInterval = usual.Shop, ProductIntervals = usual.Products };

    /// <summary>Where the customer confirms that they want letters (double opt-in); null: there is nothing to
    /// confirm.</summary>
    public string? ConfirmUrl { get; init; }

    /// <summary>Where who got a LINE message joins their account to what the shop knows of them; null: it is not a LINE
    /// message.</summary>
    public string? LinkUrl { get; init; }

    /// <summary>What to suggest next, best first; empty: nothing known.</summary>
    public IReadOnlyList<Suggestion> Suggestions { get; init; } = [];
}

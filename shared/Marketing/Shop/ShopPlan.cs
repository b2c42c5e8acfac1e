using Automation.Marketing.Time;

namespace Automation.Marketing.Shop;

/// <summary>The shop's sending discipline (<c>plan</c> in shop.json): never a burst, whatever the journeys would
/// like.</summary>
public sealed record ShopPlan
{
    /// <summary>How many marketing messages a customer gets at most; all of them hold.</summary>
    public IReadOnlyList<Cap> Caps { get; init; } = [];

    /// <summary>On the day of a customer's newsletter journeys keep their marketing back.</summary>
    public bool NewsletterDayKeepsBack { get; init; }

    /// <summary>Journeys of which a customer walks only one at a time.</summary>
    public IReadOnlyList<Group> Groups { get; init; } = [];

    /// <summary>A marketing message held back longer than this is not sent any more.</summary>
    public Period Expires { get; init; } = new(7, PeriodUnit.Day);

    /// <summary>Wanted as it is, although newsletters take every place under a cap: journeys' marketing never
    /// goes.</summary>
    public bool JourneysMayStarve { get; init; }

    /// <summary>How far back, and ahead, caps look.</summary>
    public TimeSpan Reach => Caps.Count == 0 ? TimeSpan.Zero : Caps.Max(cap => cap.Reach);
}

/// <summary>Journeys of which a customer walks only the first of this list; the others wait, or are refused.</summary>
/// <param name="Journeys">Ids, the one with precedence first.</param>
public sealed record Group(string Name, IReadOnlyList<string> Journeys, GroupRule Rule = GroupRule.Wait);

/// <summary>What becomes of a journey whose customer walks one with precedence: it stands still until that one is over,
/// or does not begin (and ends where it had begun).</summary>
public enum GroupRule { Wait, Refuse }

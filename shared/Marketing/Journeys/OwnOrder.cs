using Automation.Marketing.Orders;
using Automation.Marketing.People;

namespace Automation.Marketing.Journeys;

/// <summary>What became of the order a walk began with counts from the moment the order was placed: webhooks of one
/// order come at once, late and in any order, and the walk may not yet stand where it asks. Pure.</summary>
public static class OwnOrder
{
    /// <summary>What has happened to it before the enrollment begins, as far as the journey asks for it.</summary>
    public static IReadOnlyList<ShopEvent> Already(Journey journey, ShopEvent trigger, Order? order) =>
        order is null
            ? []
            : [.. OrderChanges.Between(null, order).Where(happened => Concerns(journey, trigger, happened))];

    /// <summary>Is it something the journey asks for, here or further on? That the order was placed is not, nor what
    /// began the walk: who waits for an <c>order.placed</c> waits for another order.</summary>
    public static bool Concerns(Journey journey, ShopEvent trigger, ShopEvent happened) =>
        IsOfIt(trigger, happened)
        && happened.Type != EventTypes.OrderPlaced
        && !(happened.Type == trigger.Type && happened.At <= trigger.At)
        && Planner.AsksFor(journey, happened.Type);

    /// <summary>Is the event about the order the enrollment began with?</summary>
    public static bool IsOfIt(ShopEvent trigger, ShopEvent happened) =>
        happened.Order is { } order && order == trigger.Order;

    /// <summary>The latest of each type is kept: the row stays small however often an order changes.</summary>
    public static IReadOnlyList<ShopEvent> With(IReadOnlyList<ShopEvent>? known, ShopEvent happened) =>
        [.. (known ?? []).Where(one => one.Type != happened.Type), happened];
}

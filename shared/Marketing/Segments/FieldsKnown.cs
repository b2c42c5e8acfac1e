using Automation.Marketing.People;

namespace Automation.Marketing.Segments;

/// <summary>Dates of which something is known for everybody, or wherever an event has happened. Pure.</summary>
public static class FieldsKnown
{
    public static IReadOnlyList<string> Always { get; } = ["customer.createdAt", "event.at"];

    private static readonly string[] OfAnOrder =
        ["order.placedAt", "customer.orders.firstAt", "customer.orders.lastAt"];

    /// <summary>What is known where an event of the type has just happened.</summary>
    public static IReadOnlyList<string> With(string eventType) => eventType switch
    {
        EventTypes.OrderPaid => [.. OfAnOrder, "order.paidAt"],
        EventTypes.OrderFulfilled => [.. OfAnOrder, "order.fulfilledAt"],
        EventTypes.OrderDelivered => [.. OfAnOrder, "order.deliveredAt"],
        EventTypes.OrderCancelled => ["order.placedAt", "order.cancelledAt"],
        EventTypes.CustomerLate => ["customer.orders.firstAt", "customer.orders.lastAt"],
        EventTypes.OrderPlaced or EventTypes.OrderUpdated or EventTypes.OrderPartiallyFulfilled => OfAnOrder,
        EventTypes.OrderRefunded => ["order.placedAt"],
        _ => [],
    };
}

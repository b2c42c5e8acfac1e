using Automation.Marketing.Journeys;
using Automation.Marketing.People;

namespace Automation.Functions.Simulation;

/// <summary>What an event of a scenario makes of its order. Pure.</summary>
public static class ScenarioOrders
{
    public static Order After(ScenarioEvent happens, Order order, DateTimeOffset now) => happens.Event switch
    {
        EventTypes.OrderPlaced => order,
        EventTypes.OrderPaid => order with { PaidAt = now, UpdatedAt = now },
        EventTypes.OrderFulfilled => order with { FulfilledAt = now, UpdatedAt = now },
        EventTypes.OrderDelivered => order with
        {
            DeliveredAt = now,
            Deliveries = new Dictionary<string, DateTimeOffset> { [Order.WholeOrder] = now },
            UpdatedAt = now,
        },
        EventTypes.OrderPartiallyFulfilled => order with { PartiallyFulfilled = true, UpdatedAt = now },
        EventTypes.OrderCancelled => order with { CancelledAt = now, UpdatedAt = now },
        EventTypes.OrderRefunded => order with
        {
            Refunds = [.. order.Refunds, new Refund($"{order.Refunds.Count + 1}", now, order.Total - order.Refunded,
                [.. order.Lines.Select(line => line.ProductId).OfType<string>()])],
            UpdatedAt = now,
        },
        _ => order with { UpdatedAt = now },
    };
}

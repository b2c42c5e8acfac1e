using Automation.Marketing.People;

namespace Automation.Marketing.Orders;

/// <summary>What happened between two sights of an order. Pure; ids are made from order and happening, so telling it
/// again is the same event.</summary>
public static class OrderChanges
{
    /// <summary>The events, in the order they happen, each with its own time. <c>order.placed</c> comes with the first
    /// sight that has a customer, whatever else is known by then, unless it was over before anybody heard of it: nobody
    /// is thanked for what they called off.</summary>
    public static IReadOnlyList<ShopEvent> Between(Order? before, Order now)
    {
        if (now.Customer is not { } customer || now.Fragment || now.Erased) return [];
        var said = before is { Fragment: false, Customer: not null } ? before : null;
        var events = new List<ShopEvent>();
        if (said is null && now.IsVoid) return Over();
        if (said is null) Say(EventTypes.OrderPlaced, "placed", now.BecameAt ?? now.PlacedAt);
        if (now.PaidAt is { } paid && said?.PaidAt is null) Say(EventTypes.OrderPaid, "paid", paid);
        if (now.PartiallyFulfilled && said is not { PartiallyFulfilled: true })
            Say(EventTypes.OrderPartiallyFulfilled, "partiallyFulfilled", now.UpdatedAt);
        if (now.FulfilledAt is { } fulfilled && said?.FulfilledAt is null)
            Say(EventTypes.OrderFulfilled, "fulfilled", fulfilled);
        if (now.DeliveredAt is { } delivered && said?.DeliveredAt is null)
            Say(EventTypes.OrderDelivered, "delivered", delivered);
        if (said is not null && now.UpdatedAt > said.UpdatedAt
            && (now.Total != said.Total || !now.Lines.SequenceEqual(said.Lines)))
            Say(EventTypes.OrderUpdated, $"updated:{now.UpdatedAt.ToUnixTimeSeconds()}", now.UpdatedAt);
        foreach (var refund in now.Refunds)
            if (said?.Refunds.Any(known => known.Id == refund.Id) != true)
                Say(EventTypes.OrderRefunded, $"refunded:{refund.Id}", refund.At);
        if (now.IsVoid && said is not { IsVoid: true })
            Say(EventTypes.OrderCancelled, "cancelled", now.CancelledAt ?? now.DeletedAt!.Value);
        return events;

        List<ShopEvent> Over()
        {
            Say(EventTypes.OrderCancelled, "cancelled", now.CancelledAt ?? now.DeletedAt!.Value);
            return events;
        }

        void Say(string type, string what, DateTimeOffset at) =>
            events.Add(
                new ShopEvent { Id = $"{now.Key}:{what}", Type = type, At = at, Customer = customer, Order = now.Key });
    }
}

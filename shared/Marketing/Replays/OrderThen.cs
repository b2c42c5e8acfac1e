using Automation.Marketing.People;

namespace Automation.Marketing.Replays;

/// <summary>Orders as they were. A row holds an order as last seen, with the time of everything that happened to it:
/// what happened later is taken away again. Pure.</summary>
public static class OrderThen
{
    /// <summary>The order as it was known at a moment; null: it was not placed yet. Changes of its lines and total are
    /// not kept with their time: it has them from the beginning.</summary>
    public static Order? Of(Order order, DateTimeOffset at)
    {
        if (order.PlacedAt > at) return null;
        IReadOnlyList<Refund> refunds = [.. order.Refunds.Where(refund => refund.At <= at)];
        return order with
        {
            UpdatedAt = Moments(order).Last(moment => moment <= at),
            PaidAt = By(order.PaidAt),
            FulfilledAt = By(order.FulfilledAt),
            PartiallyFulfilled = order.PartiallyFulfilled && order.Shipments.Any(one => one.At <= at),
            DeliveredAt = By(order.DeliveredAt),
            CancelledAt = By(order.CancelledAt),
            // Deleted and seen again: it is there.
            DeletedAt = order.IsVoid ? By(order.DeletedAt) : null,
            Refunds = refunds,
            Refunded = refunds.Count == order.Refunds.Count ? order.Refunded : refunds.Sum(refund => refund.Amount),
            Shipments = [.. order.Shipments.Where(one => one.At <= at)],
            Deliveries = order.Deliveries?.Where(one => one.Value <= at).ToDictionary(),
        };

        DateTimeOffset? By(DateTimeOffset? moment) => moment <= at ? moment : null;
    }

    /// <summary>When it was placed and when anything happened to it since, in order, each moment once. What a source
    /// dates before the order itself came with it.</summary>
    public static IReadOnlyList<DateTimeOffset> Moments(Order order) =>
        [.. ((DateTimeOffset?[])[
            order.PlacedAt, order.PaidAt, order.FulfilledAt, order.DeliveredAt, order.CancelledAt,
            order.IsVoid ? order.DeletedAt : null, .. order.Refunds.Select(refund => (DateTimeOffset?)refund.At),
            .. order.Shipments.Select(one => (DateTimeOffset?)one.At),
            .. order.Deliveries?.Values.Select(one => (DateTimeOffset?)one) ?? []])
            .OfType<DateTimeOffset>().Select(at => at < order.PlacedAt ? order.PlacedAt : at).Distinct().Order()];
}

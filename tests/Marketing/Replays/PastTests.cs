using Automation.Marketing.Customers;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Replays;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Tests.Replays;

/// <summary>Orders and customers as they were.</summary>
public sealed class PastTests
{
    private static readonly DateTimeOffset Placed = new(2026, 11, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly CustomerId Aoi = new("00aa00aa00aa00aa00aa00aa");

    private static readonly Order Whole = new()
    {
        Source = "shop",
        Id = "1001",
        Number = "#1001",
        PlacedAt = Placed,
        UpdatedAt = Placed.AddDays(9),
        Currency = "JPY",
        Total = 3000,
        Refunded = 1000,
        PaidAt = Placed,
        FulfilledAt = Placed.AddDays(1),
        DeliveredAt = Placed.AddDays(2),
        CancelledAt = Placed.AddDays(9),
        Refunds = [new("r1", Placed.AddDays(5), 400, []), new("r2", Placed.AddDays(9), 600, [])],
        Customer = Aoi,
    };

    [Fact]
    public void An_order_is_told_with_every_event_once_and_at_its_own_time()
    {
        var told = new List<(string, DateTimeOffset)>();
        Order? before = null;
        foreach (var at in OrderThen.Moments(Whole))
        {
            var now = OrderThen.Of(Whole, at)!;
            told.AddRange(OrderChanges.Between(before, now).Select(one => (one.Type, one.At)));
            Assert.Equal(at, now.UpdatedAt);
            before = now;
        }
        Assert.Equal(
            [
                (EventTypes.OrderPlaced, Placed), (EventTypes.OrderPaid, Placed),
                (EventTypes.OrderFulfilled, Placed.AddDays(1)), (EventTypes.OrderDelivered, Placed.AddDays(2)),
                (EventTypes.OrderRefunded, Placed.AddDays(5)), (EventTypes.OrderRefunded, Placed.AddDays(9)),
                (EventTypes.OrderCancelled, Placed.AddDays(9)),
            ], told);
        Assert.Null(OrderThen.Of(Whole, Placed.AddTicks(-1)));
    }

    [Fact]
    public void Of_an_order_that_was_refunded_in_part_by_then_only_that_part_is_known()
    {
        var then = OrderThen.Of(Whole, Placed.AddDays(6))!;
        Assert.Equal((400, null, 1), (then.Refunded, then.CancelledAt, then.Refunds.Count));
        Assert.Equal(1000, OrderThen.Of(Whole, Placed.AddDays(30))!.Refunded);
    }

    [Fact]
    public void An_order_that_was_deleted_and_came_back_is_there()
    {
        var back = Whole with { CancelledAt = null, DeletedAt = Placed.AddDays(3) };
        Assert.All(OrderThen.Moments(back), at => Assert.False(OrderThen.Of(back, at)!.IsVoid));
        var gone = back with { DeletedAt = Placed.AddDays(9) };
        Assert.True(OrderThen.Of(gone, Placed.AddDays(9))!.IsVoid);
        Assert.False(OrderThen.Of(gone, Placed.AddDays(8))!.IsVoid);
    }

    [Fact]
    public void What_was_dated_before_the_order_comes_with_it()
    {
        var odd = Whole with { PaidAt = Placed.AddMinutes(-3) };
        Assert.Equal(Placed, OrderThen.Moments(odd)[0]);
        Assert.NotNull(OrderThen.Of(odd, Placed)!.PaidAt);
    }

    [Fact]
    public void A_customer_of_then_has_the_orders_and_the_consent_of_then()
    {
        var at = Placed.AddDays(-10);
        var early = Whole with
        {
            Id = "900",
            PlacedAt = Placed.AddDays(-40),
            FulfilledAt = null,
            DeliveredAt = null,
            CancelledAt = null,
            Refunds = [new("r", Placed, 3000, [])],
            Refunded = 3000,
            PaidAt = Placed.AddDays(-40),
        };
        var late = Whole with { CancelledAt = null, Refunds = [], Refunded = 0 };
        var facts = new[] { early, late }.Aggregate(
            OrderFacts.None, (facts, order) => Facts.Apply(facts, OrderMerging.Summary(order, "JPY")));
        Assert.Equal((2, 3000), (Facts.Count(facts), Facts.Total(facts)));
        ConsentRecord Said(ConsentState state, int days) => new(state, Placed.AddDays(days), "form");
        var now = new Customer
        {
            Id = Aoi,
            Orders = facts,
            Consent = new Dictionary<string, ConsentRecord>
            {
                ["email"] = Said(ConsentState.Withdrawn, -1),
                ["line"] = Said(ConsentState.Given, -2),
            },
            Recent = [new("one", Placed.AddDays(-20)), new("two", Placed)],
        };
        var then = CustomerThen.Of(
            now, at,
            new([early, late], [("email", Said(ConsentState.Given, -30)), ("email", Said(ConsentState.Withdrawn, -1)),
                ("line", Said(ConsentState.Given, -2))]), Shop, null);
        Assert.Equal((1, 3000), (Facts.Count(then.Orders), Facts.Total(then.Orders)));
        Assert.Equal(ConsentState.Given, Assert.Single(then.Consent, one => one.Key == "email").Value.State);
        Assert.DoesNotContain("line", then.Consent.Keys);
        Assert.Equal("one", Assert.Single(then.Recent).Send);
        // Told again, everything is as it is now.
        var again = new[] { early, late }.Aggregate(
            then.Orders, (facts, order) => Facts.Apply(facts, OrderMerging.Summary(order, "JPY")));
        Assert.Equal((Facts.Count(facts), Facts.Total(facts)), (Facts.Count(again), Facts.Total(again)));
    }

    [Fact]
    public void Who_was_late_by_then_had_been_missed_before()
    {
        var facts = new[] { -100, -80, -60 }.Aggregate(OrderFacts.None, (facts, day) => Facts.Apply(facts, new()
        {
            Key = $"shop:{day}",
            At = Placed.AddDays(day),
            Total = 100,
        }));
        var customer = new Customer { Id = Aoi, Orders = facts };
        Assert.Equal(
            Placed.AddDays(-60), CustomerThen.Of(customer, Placed, new([], []), Shop, null).LateSaidFor);
        Assert.Null(CustomerThen.Of(customer, Placed.AddDays(-50), new([], []), Shop, null).LateSaidFor);
    }

    private static ShopSettings Shop { get; } = new()
    {
        Name = "店",
        PostalAddress = "東京",
        Contact = new("shop@example.jp"),
        TimeZone = "Asia/Tokyo",
    };
}

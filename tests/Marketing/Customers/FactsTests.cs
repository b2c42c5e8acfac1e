using Automation.Marketing.Customers;

namespace Automation.Marketing.Tests.Customers;

public sealed class FactsTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static OrderSummary Order(string key, double day, decimal total = 1000, bool isVoid = false, decimal refunded = 0) =>
        new() { Key = key, At = Start.AddDays(day), Total = total, Void = isVoid, Refunded = refunded };
    private static OrderFacts Of(params OrderSummary[] orders) => orders.Aggregate(OrderFacts.None, Facts.Apply);

    [Fact]
    public void The_usual_interval_is_the_median_of_ones_own_from_three_orders_on_and_the_shops_before()
    {
        Assert.Equal(30, Facts.UsualIntervalDays(Of(Order("a", 0), Order("b", 10)), 30));
        Assert.Null(Facts.UsualIntervalDays(Of(Order("a", 0), Order("b", 10)), null));
        Assert.Equal(15, Facts.UsualIntervalDays(Of(Order("a", 0), Order("b", 10), Order("c", 30)), 99));
        Assert.Equal(10, Facts.UsualIntervalDays(Of(Order("a", 0), Order("b", 10), Order("c", 30), Order("d", 35)), 99));
    }

    [Fact]
    public void Lateness_is_days_since_the_last_order_over_the_usual_interval()
    {
        var facts = Of(Order("a", 0), Order("b", 20), Order("c", 40));
        Assert.Equal(1.5, Facts.Lateness(facts, null, Start.AddDays(70)));
        Assert.Null(Facts.Lateness(OrderFacts.None, 30, Start));
        Assert.Null(Facts.Lateness(Of(Order("a", 0)), null, Start.AddDays(5)));
    }

    [Fact]
    public void Two_orders_on_one_evening_are_one_visit() =>
        Assert.Equal([20, 20], Facts.Intervals(Of(Order("a", 0), Order("a2", 0.1), Order("b", 20), Order("c", 40))));

    [Fact]
    public void Telling_an_order_again_corrects_it_and_void_ones_count_for_nothing()
    {
        var facts = Of(Order("a", 0), Order("b", 10), Order("b", 10, refunded: 400), Order("a", 0, isVoid: true));
        Assert.Equal((1, 600m), (Facts.Count(facts), Facts.Total(facts)));
        Assert.Equal(Start.AddDays(10), Facts.FirstAt(facts));
        Assert.Equal(Start.AddDays(10), Facts.LastAt(facts));
    }

    [Fact]
    public void Late_arrivals_take_their_place_in_time() =>
        Assert.Equal(["a", "b", "c"], Of(Order("c", 30), Order("a", 0), Order("b", 10)).Latest.Select(order => order.Key));

    [Fact]
    public void Beyond_four_hundred_orders_the_oldest_are_summed_up_and_nothing_is_lost_or_counted_twice()
    {
        var facts = Of([.. Enumerable.Range(0, 450).Select(n => Order($"o{n}", n))]);
        facts = Facts.Apply(facts, Order("early", -5));
        facts = Facts.Apply(facts, Order("early", -5));
        Assert.Equal((400, 51), (facts.Latest.Count, facts.OlderCount));
        Assert.Equal((451, 451_000m), (Facts.Count(facts), Facts.Total(facts)));
        Assert.Equal(Start.AddDays(-5), Facts.FirstAt(facts));
    }

    [Fact]
    public void Amounts_in_another_currency_are_not_added_up()
    {
        var facts = Of(Order("a", 0), new OrderSummary { Key = "b", At = Start.AddDays(1) });
        Assert.Equal((2, 1000m), (Facts.Count(facts), Facts.Total(facts)));
    }
}

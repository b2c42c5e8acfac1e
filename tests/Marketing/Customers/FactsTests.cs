using Automation.Marketing.Customers;
using Automation.Marketing.People;

namespace Automation.Marketing.Tests.Customers;

public sealed class FactsTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static OrderSummary Order(
        string key, double day, decimal total = 1000, bool isVoid = false, decimal refunded = 0) =>
            new() { Key = key, At = Start.AddDays(day), Total = total, Void = isVoid, Refunded = refunded };
    private static OrderFacts Of(params OrderSummary[] orders) =>
        orders.Aggregate(OrderFacts.None, (facts, order) => Facts.Apply(facts, order));

    [Fact]
    public void The_usual_interval_is_the_median_of_ones_own_from_three_orders_on_and_the_shops_before()
    {
        Assert.Equal(30, Facts.UsualIntervalDays(Of(Order("a", 0), Order("b", 10)), 30));
        Assert.Null(Facts.UsualIntervalDays(Of(Order("a", 0), Order("b", 10)), null));
        Assert.Equal(15, Facts.UsualIntervalDays(Of(Order("a", 0), Order("b", 10), Order("c", 30)), 99));
        Assert.Equal(
            10, Facts.UsualIntervalDays(Of(Order("a", 0), Order("b", 10), Order("c", 30), Order("d", 35)), 99));
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
        Assert.Equal(1, Facts.Count(facts));
        Assert.Equal(600m, Facts.Total(facts));
        Assert.Equal(Start.AddDays(10), Facts.FirstAt(facts));
        Assert.Equal(Start.AddDays(10), Facts.LastAt(facts));
    }

    [Fact]
    public void Late_arrivals_take_their_place_in_time() =>
        Assert.Equal(
            ["a", "b", "c"], Of(Order("c", 30), Order("a", 0), Order("b", 10)).Latest.Select(order => order.Key));

    [Fact]
    public void Beyond_four_hundred_orders_the_oldest_are_summed_up_and_nothing_is_lost_or_counted_twice()
    {
        var facts = Of([.. Enumerable.Range(0, 450).Select(n => Order($"o{n}", n))]);
        facts = Facts.Apply(facts, Order("early", -5));
        facts = Facts.Apply(facts, Order("early", -5));
        Assert.Equal(400, facts.Latest.Count);
        Assert.Equal(51, facts.OlderCount);
        Assert.Equal(451, Facts.Count(facts));
        Assert.Equal(451_000m, Facts.Total(facts));
        Assert.Equal(Start.AddDays(-5), Facts.FirstAt(facts));
    }

    [Fact]
    public void An_order_beyond_the_four_hundred_is_corrected_by_what_its_row_says_of_it_however_often_it_is_told()
    {
        var facts = Of([.. Enumerable.Range(0, 450).Select(n => Order($"o{n}", n))]);
        for (var times = 0; times < 2; times++)
        {
            facts = Facts.Apply(facts, Order("o3", 3, refunded: 400), counted: Order("o3", 3));
            Assert.Equal(450, Facts.Count(facts));
            Assert.Equal(449_600m, Facts.Total(facts));
        }
        for (var times = 0; times < 2; times++)
        {
            facts = Facts.Apply(facts, Order("o3", 3, isVoid: true), counted: Order("o3", 3, refunded: 400));
            Assert.Equal(449, Facts.Count(facts));
            Assert.Equal(449_000m, Facts.Total(facts));
        }
        facts = Facts.Apply(facts, Order("o4", 4, isVoid: true), counted: Order("o4", 4));
        Assert.Equal(448, Facts.Count(facts));
        Assert.Equal(448_000m, Facts.Total(facts));
        Assert.Equal(400, facts.Latest.Count);
    }

    /// <summary>Tellings of orders old and new, each killed now and then between the customer's row and its own, and
    /// told again a little later.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_is_told_and_killed_and_told_again_count_and_total_are_those_of_the_orders(int seed)
    {
        var (random, facts, rows, late) =
            (new Random(seed), OrderFacts.None, new Dictionary<string, OrderSummary>(), new Queue<OrderSummary>());
        for (var n = 0; n < 900; n++)
        {
            var number = random.Next(3) == 0 ? random.Next(600) : n % 600;
            Tell(Order($"o{number}", number, 100 * random.Next(1, 9), random.Next(9) == 0, 50 * random.Next(2)));
            while (late.Count > random.Next(10)) Tell(late.Dequeue());
        }
        while (late.TryDequeue(out var order)) Tell(order);
        Assert.Equal(rows.Values.Count(order => !order.Void), Facts.Count(facts));
        Assert.Equal(
            rows.Values.Where(order => !order.Void).Sum(order => order.Total - order.Refunded), Facts.Total(facts));

        void Tell(OrderSummary order)
        {
            facts = Facts.Apply(facts, order, rows.GetValueOrDefault(order.Key));
            if (random.Next(5) > 0) rows[order.Key] = order;
            else late.Enqueue(order);
        }
    }

    [Fact]
    public void A_merge_done_again_counts_nobodys_orders_twice()
    {
        var (one, other) = (Of([.. Enumerable.Range(0, 300).Select(n => Order($"a{n}", 2 * n))]),
            Of([.. Enumerable.Range(0, 300).Select(n => Order($"b{n}", 2 * n + 1))]));
        var united = Facts.Unite(one, other, again: false);
        Assert.Equal(600, Facts.Count(united));
        Assert.Equal(600_000m, Facts.Total(united));
        Assert.Equal(600, Facts.Count(Facts.Unite(united, other, again: true)));
        Assert.Equal(600_000m, Facts.Total(Facts.Unite(united, other, again: true)));
    }

    [Fact]
    public void A_row_written_before_there_were_tellings_of_older_orders_and_recent_sends_is_read()
    {
        var row = System.Text.Json.JsonSerializer.Deserialize(
            """{"id":"0123456789abcdef01234567","orders":{"latest":[],"olderCount":3,"olderTotal":3000"""
            + ""","olderFirstAt":"2026-01-01T00:00:00+00:00","olderLastKey":"a:1"}}""",
            CustomerJson.Customer)!;
        Assert.Equal(2, Facts.Count(Of(row.Orders)));
        Assert.Equal(2000m, Facts.Total(Of(row.Orders)));
        Assert.Empty(row.Recent);

        static OrderFacts Of(OrderFacts facts) =>
            Facts.Apply(facts, Order("x", 3, isVoid: true), counted: Order("x", 3));
    }

    [Fact]
    public void Amounts_in_another_currency_are_not_added_up()
    {
        var facts = Of(Order("a", 0), new OrderSummary { Key = "b", At = Start.AddDays(1) });
        Assert.Equal(2, Facts.Count(facts));
        Assert.Equal(1000m, Facts.Total(facts));
    }
}

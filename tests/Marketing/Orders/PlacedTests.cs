using Automation.Marketing.Customers;
using Automation.Marketing.Intake;
using Automation.Marketing.People;

namespace Automation.Marketing.Tests.Orders;

/// <summary>What is an order, and what is only on its way to one or was called off.</summary>
public sealed class PlacedTests
{
    private static Task Woo(
        House house, string status, int minute = 0, string more = "", SourceSettings? source = null) =>
        house.Deliver(
            "order.updated",
            WooOrders.Order("727", 25, "aoi@example.jp", status: status, minute: minute, more: more),
            source ?? Fixtures.WooCommerce);

    private static List<string> Said(House house) =>
        [.. house.Heard.Where(e => e.Type.StartsWith("order.", StringComparison.Ordinal)).Select(e => e.Type[6..])];

    [Theory]
    [InlineData("pending")]
    [InlineData("quote-request")]
    [InlineData("pre-ordered")]
    [InlineData("failed")]
    [InlineData("cancelled")]
    [InlineData("refunded")]
    [InlineData("some-plugins-own")]
    public async Task What_WooCommerce_has_not_taken_as_an_order_thanks_nobody_and_makes_nobody_a_customer(
        string status)
    {
        await using var house = await House.Open();
        await Woo(house, status);
        Assert.Empty(house.Heard);
        Assert.Equal(0, await House.Count(house.Tables.Customers));
        await Woo(house, "processing", 5);
        Assert.Equal(["placed", "paid"], Said(house));
    }

    [Theory]
    [InlineData("on-hold", "placed")]
    [InlineData("processing", "placed paid")]
    [InlineData("completed", "placed paid fulfilled")]
    public async Task What_it_has_taken_is_placed_a_bank_transfer_too(string status, string said)
    {
        await using var house = await House.Open();
        await Woo(house, status);
        Assert.Equal(said.Split(' '), Said(house));
    }

    [Fact]
    public async Task A_status_of_a_plugins_own_changes_an_order_that_is_known()
    {
        await using var house = await House.Open();
        await Woo(house, "processing");
        await Woo(
            house,
            "half-shipped",
            5,
            ",\"refunds\":[{\"id\":9,\"total\":\"-500\"}]".Replace("\"refunds\"", "\"x\"", StringComparison.Ordinal));
        await Woo(house, "cancelled", 9);
        Assert.Equal(["placed", "paid", "cancelled"], Said(house));
        Assert.Equal("cancelled", (await house.Orders.Find("woo", "727"))!.Value.Status);
    }

    [Fact]
    public async Task A_shop_says_itself_which_statuses_are_orders()
    {
        await using var house = await House.Open();
        var source = new SourceSettings("woo", Platform.WooCommerce, "secret")
        {
            PlacedStatuses = ["pre-ordered", "processing"],
        };
        await Woo(house, "on-hold", source: source);
        Assert.Empty(house.Heard);
        await Woo(house, "pre-ordered", 5, source: source);
        Assert.Equal(["placed"], Said(house));
    }

    [Fact]
    public async Task Called_off_before_it_was_an_order_it_is_not_thanked_for_by_an_older_telling()
    {
        await using var house = await House.Open();
        await Woo(house, "cancelled", 9);
        await Woo(house, "on-hold", 5);
        Assert.DoesNotContain("placed", Said(house));
        await Woo(house, "processing", 20);
        Assert.Contains("paid", Said(house));
    }

    [Fact]
    public async Task An_order_begun_days_ago_and_paid_now_is_placed_now()
    {
        await using var house = await House.Open();
        await Woo(house, "pending");
        await Woo(house, "processing", 5 * 24 * 60, $",\"date_paid_gmt\":\"{WooOrders.At(5 * 24 * 60)}\"");
        Assert.Equal(
            new DateTimeOffset(2026, 11, 27, 8, 0, 0, TimeSpan.Zero),
            house.Heard.Single(e => e.Type == EventTypes.OrderPlaced).At);
        Assert.Equal(
            new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero),
            (await house.Orders.Find("woo", "727"))!.Value.PlacedAt);
    }

    [Theory]
    [InlineData("orders/updated")]
    [InlineData("orders/cancelled")]
    [InlineData("orders/create")]
    public async Task A_Shopify_order_that_was_cancelled_when_first_seen_is_not_thanked_for(string topic)
    {
        await using var house = await House.Open();
        await house.Deliver(topic, Webhooks.Order("1001", 9, "paid", "fulfilled", Webhooks.At(9)));
        Assert.Equal(["cancelled"], Said(house));
        Assert.Equal(0, Facts.Count((await house.Customer("shopify:7001")).Orders));
        await house.Deliver("orders/create", Webhooks.Order("1001", 0));
        Assert.Equal(["cancelled"], Said(house));
    }

    [Fact]
    public async Task A_regular_of_before_the_shop_was_connected_is_not_a_first_time_customer()
    {
        await using var house = await House.Open();
        string Regular(int count) => $$"""{"id":7001,"email":"hanako@example.jp","orders_count":{{count}} }""";
        await house.Deliver("orders/create", Webhooks.Order("1013", 0, customer: Regular(13)));
        Assert.Equal(13, await Count());
        Assert.Equal(13, Facts.Count(house.Seen[0].Customer.Orders));
        await house.Deliver(
            "orders/create", Webhooks.Order("1014", 10, customer: Regular(14), placed: Webhooks.At(10)));
        await house.Deliver("orders/paid", Webhooks.Order("1013", 12, "paid", customer: Regular(13)));
        Assert.Equal(14, await Count());
        // One of the twelve is imported: it was counted already.
        await house.Get<ToldOrders>().Import(new Order
        {
            Source = "shopify",
            Id = "900",
            Number = "900",
            PlacedAt = Fixtures.Now.AddYears(-1),
            UpdatedAt = Fixtures.Now.AddYears(-1),
            Currency = "JPY",
            Total = 1
        },
            new Buyer { Identities = [new("shopify", "7001")], Email = "hanako@example.jp" });
        Assert.Equal(14, await Count());
        await house.Deliver("orders/create", Webhooks.Order("1015", 20, placed: Webhooks.At(20)));
        Assert.Equal(15, await Count());

        async Task<int> Count() => Facts.Count((await house.Customer("shopify:7001")).Orders);
    }
}

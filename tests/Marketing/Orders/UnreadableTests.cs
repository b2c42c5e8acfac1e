using System.Text;
using Automation.Marketing.Files;
using Automation.Marketing.Inbox;
using Automation.Marketing.Intake;
using Automation.Marketing.People;

namespace Automation.Marketing.Tests.Orders;

/// <summary>What would be taken for something else is set aside, with its name.</summary>
public sealed class UnreadableTests
{
    private static readonly string Order = Webhooks.Order("1001", 0);

    [Theory]
    [InlineData("\"total_price\":\"3000\"", "\"total_price\":\"three\"", "total_price")]
    [InlineData("\"total_price\":\"3000\"", "\"total_price\":\"3,000\"", "total_price")]
    [InlineData("\"total_price\":\"3000\"", "\"total_price\":[]", "total_price")]
    [InlineData("\"total_price\":\"3000\"", "\"total_price\":\"\"", "total_price")]
    [InlineData("\"total_price\":\"3000\",", "", "total_price")]
    [InlineData("\"currency\":\"JPY\"", "\"currency\":\"YEN\"", "currency")]
    [InlineData("\"currency\":\"JPY\"", "\"currency\":81", "currency")]
    [InlineData("\"updated_at\":\"2026-11-20T01:00:00Z\"", "\"updated_at\":\"yesterday\"", "updated_at")]
    [InlineData("\"created_at\":\"2026-11-20T01:00:00Z\"", "\"created_at\":1700000000", "created_at")]
    [InlineData("\"price\":\"1000\"", "\"price\":\"free\"", "price")]
    public void An_amount_currency_or_moment_that_cannot_be_read_is_set_aside_and_named(
        string right, string wrong, string named)
    {
        var body = Order.Replace(right, wrong, StringComparison.Ordinal);
        Assert.NotEqual(Order, body);
        Assert.Contains(named, Refused(Fixtures.Shopify, "orders/create", body), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"total\":\"3000\"", "\"total\":\"¥3000\"", "total")]
    [InlineData("\"date_created_gmt\":\"2026-11-22T08:00:00\"", "\"date_created_gmt\":\"22/11/2026 later\"",
        "date_created_gmt")]
    [InlineData("\"currency\":\"JPY\"", "\"currency\":\"円\"", "currency")]
    public void WooCommerces_too(string right, string wrong, string named) =>
        Assert.Contains(named, Refused(Fixtures.WooCommerce, "order.created", WooOrders.Order(
            "1", 25, "a@example.jp").Replace(right, wrong, StringComparison.Ordinal)), StringComparison.Ordinal);

    [Theory]
    [InlineData("\"total\":\"lots\"", "total")]
    [InlineData("\"placedAt\":\"soon\"", "placedAt")]
    [InlineData("\"currency\":\"yen\"", "currency")]
    public void And_those_of_a_system_of_ones_own(string member, string named) =>
        Assert.Contains(named, Refused(Fixtures.Generic, GenericDialect.Topic,
            $$$"""{"id":"1","source":"till","type":"order.placed","data":{"id":"1",{{{member}}},"customer":"""
            + $$$"""{"email":"a@example.jp"} } }"""),
            StringComparison.Ordinal);

    [Fact]
    public void What_is_merely_missing_is_not_unreadable()
    {
        var notice = Read(Fixtures.WooCommerce, "order.created", WooOrders.Order(
            "1", 25, "a@example.jp", more: ",\"date_paid\":\"0000-00-00T00:00:00\",\"date_completed\":\"\""));
        Assert.Equal(3000, Assert.IsType<SourceEvent.OrderUpserted>(notice).Order.Total);
    }

    [Fact]
    public void An_order_may_have_the_id_0_where_that_is_written_as_text()
    {
        var notice = Read(
            Fixtures.Generic,
            GenericDialect.Topic,
            """{"id":"0","source":"till","type":"order.placed","data":{"id":"0","total":1,"customer":"""
            + """{"id":"0","email":"a@example.jp"}}}""");
        var seen = Assert.IsType<SourceEvent.OrderUpserted>(notice);
        Assert.Equal("0", seen.Order.Id);
        Assert.Equal("till:0", seen.Buyer.Identities[0].ToString());
        // WooCommerce's guest is the number 0, in whatever form a plugin writes it.
        var guest = Assert.IsType<SourceEvent.OrderUpserted>(Read(
            Fixtures.WooCommerce, "order.created", WooOrders.Order(
                "1", 0,
                "a@example.jp").Replace("\"customer_id\":0", "\"customer_id\":\"0\"", StringComparison.Ordinal)));
        Assert.Equal(["email:a@example.jp"], guest.Buyer.Identities.Select(identity => identity.ToString()));
    }

    [Fact]
    public async Task A_fulfillment_that_comes_first_is_no_order()
    {
        var fulfillment =
            """{"id":255858046,"order_id":1001,"name":"#1001.1","status":"success","created_at":"2026-11-20T01:30:"""
            + """00Z","line_items":[{"id":11,"quantity":1},{"id":12,"quantity":2}]}""";
        Assert.Contains(
            "order_id", Refused(Fixtures.Shopify, "orders/fulfilled", fulfillment), StringComparison.Ordinal);
        await using var house = await House.Open();
        await house.Deliver("fulfillments/create", fulfillment);
        Assert.Empty(house.Heard);
        await house.Deliver("orders/create", Webhooks.Order("1001", 0));
        var order = (await house.Orders.Find("shopify", "1001"))!.Value;
        Assert.Equal("#1001", order.Number);
        Assert.Equal(3000m, order.Total);
        Assert.False(order.Fragment);
        Assert.True(order.FulfilledAt is not null);
        Assert.Null(await house.Orders.Find("shopify", "255858046"));
    }

    private static SourceEvent Read(SourceSettings source, string topic, string body) =>
        Assert.Single(Dialects.Read(source, Fixtures.Envelope(source, topic, Encoding.UTF8.GetBytes(body))));

    private static string Refused(SourceSettings source, string topic, string body) =>
        Assert.Throws<UnreadableException>(() => Read(source, topic, body)).Message;
}

using Automation.Marketing.People;

namespace Automation.Marketing.Tests.Orders;

public sealed class DeliveredTests : IAsyncLifetime
{
    private const string Placed = """
        {"id":5001,"name":"#1001","email":"a@example.jp","created_at":"2026-11-20T09:00:00Z",
         "updated_at":"2026-11-20T09:00:00Z","currency":"JPY","total_price":"2000","fulfillment_status":null,
         "line_items":[{"id":1,"title":"煎茶","quantity":1,"price":"1000"},
          {"id":2,"title":"湯のみ","quantity":1,"price":"1000"}]}
        """;

    private House house = null!;

    public async Task InitializeAsync() => house = await House.Open();

    public Task DisposeAsync() => house.DisposeAsync().AsTask();

    public static TheoryData<int[]> Orders =>
        [.. Permutations([0, 1, 2, 3, 4]).Select(order => order.ToArray())];

    [Theory, MemberData(nameof(Orders))]
    public async Task An_order_is_delivered_when_all_its_parcels_are_in_whatever_order_that_is_told(int[] arriving)
    {
        (string Topic, string Body)[] told =
        [
            ("orders/create", Placed),
            ("fulfillments/create", Parcel(71, 1, "2026-11-21T09:00:00Z")),
            ("fulfillments/create", Parcel(72, 2, "2026-11-21T10:00:00Z")),
            ("fulfillment_events/create", Event(71, "delivered", "2026-11-22T01:00:00Z")),
            ("fulfillment_events/create", Event(72, "delivered", "2026-11-22T02:00:00Z")),
        ];
        foreach (var n in arriving) await house.Deliver(told[n].Topic, told[n].Body);

        var order = (await house.Orders.Find("shopify", "5001"))!.Value;
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 2, 0, 0, TimeSpan.Zero), order.DeliveredAt);
        var said = Assert.Single(house.Heard, one => one.Type == EventTypes.OrderDelivered);
        Assert.Equal("shopify:5001:delivered", said.Id);
        Assert.Equal(order.DeliveredAt, said.At);
    }

    [Fact]
    public async Task As_long_as_one_parcel_is_on_its_way_it_is_not()
    {
        await house.Deliver("orders/create", Placed);
        await house.Deliver("fulfillments/create", Parcel(71, 1, "2026-11-21T09:00:00Z"));
        await house.Deliver("fulfillment_events/create", Event(71, "delivered", "2026-11-22T01:00:00Z"));
        await house.Deliver("fulfillments/create", Parcel(72, 2, "2026-11-21T10:00:00Z"));
        await house.Deliver("fulfillment_events/create", Event(72, "in_transit", "2026-11-22T01:00:00Z"));
        Assert.DoesNotContain(house.Heard, one => one.Type == EventTypes.OrderDelivered);

        await house.Deliver("fulfillments/update", Parcel(72, 2, "2026-11-22T03:00:00Z", "delivered"));
        Assert.Single(house.Heard, one => one.Type == EventTypes.OrderDelivered);
    }

    [Fact]
    public async Task WooCommerce_says_it_by_a_status()
    {
        await house.Deliver("order.updated", Woo("processing", "2026-11-21T00:00:00"), Fixtures.WooCommerce);
        await house.Deliver("order.updated", Woo("delivered", "2026-11-22T00:00:00"), Fixtures.WooCommerce);
        await house.Deliver("order.updated", Woo("completed", "2026-11-22T00:30:00"), Fixtures.WooCommerce);

        Assert.Equal(
            [
                EventTypes.OrderPlaced, EventTypes.CustomerCreated, EventTypes.OrderPaid, EventTypes.OrderFulfilled,
                EventTypes.OrderDelivered,
            ],
            house.Heard.Select(one => one.Type));
    }

    [Fact]
    public async Task A_generic_source_needs_only_the_order_s_id()
    {
        await house.Deliver("cloudevents", """
            [{"specversion":"1.0","id":"1","source":"x","type":"order.placed","time":"2026-11-21T09:00:00Z",
              "data":{"id":"1","total":1,"currency":"JPY","customer":{"email":"b@example.jp"}}},
             {"specversion":"1.0","id":"2","source":"x","type":"order.delivered","time":"2026-11-22T09:00:00Z",
              "data":{"id":"1"}}]
            """, Fixtures.Generic);

        Assert.Equal(EventTypes.OrderDelivered, house.Heard[^1].Type);
        Assert.Equal("till:1", house.Heard[^1].Order);
    }

    private static string Parcel(int id, int line, string at, string? status = null) => $$"""
        {"id":{{id}},"order_id":5001,"status":"success","created_at":"2026-11-21T09:00:00Z","updated_at":"{{at}}",
         "shipment_status":{{(status is null ? "null" : $"\"{status}\"")}},
         "line_items":[{"id":{{line}},"title":"x","quantity":1,"price":"1000"}]}
        """;

    private static string Event(int shipment, string status, string at) => $$"""
        {"id":{{shipment}}0,"fulfillment_id":{{shipment}},"status":"{{status}}","message":null,"happened_at":"{{at}}",
         "created_at":"{{at}}","updated_at":"{{at}}","shop_id":1,"order_id":5001,"country":"JP"}
        """;

    private static string Woo(string status, string modified) => $$"""
        {"id":727,"number":"727","status":"{{status}}","currency":"JPY","date_created_gmt":"2026-11-21T00:00:00",
         "date_modified_gmt":"{{modified}}","total":"1000","customer_id":25,
         "billing":{"email":"c@example.jp"},"line_items":[],"refunds":[]}
        """;

    private static IEnumerable<IEnumerable<int>> Permutations(int[] of) => of.Length <= 1
        ? [of]
        : of.SelectMany(first => Permutations([.. of.Where(one => one != first)]).Select(rest => rest.Prepend(first)));
}

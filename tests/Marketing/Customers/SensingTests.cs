using Automation.Marketing.Intake;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Tests.Orders;

namespace Automation.Marketing.Tests.Customers;

public sealed class SensingTests
{
    private static async Task Buy(House house, int customer, int day, params int[] products)
    {
        var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(day);
        var order = new Order
        {
            Source = "shopify",
            Id = $"{customer}-{day}",
            Number = "#1",
            PlacedAt = at,
            UpdatedAt = at,
            Currency = "JPY",
            Total = 1000,
            Lines = [.. products.Select(product => new OrderLine
            {
                Id = $"{product}",
                ProductId = $"{product}",
                Title = $"商品{product}",
                Quantity = 1,
                Price = 1000
            })],
        };
        await house.Get<ToldOrders>().Import(order, new Buyer
        {
            Identities = [new("email", $"c{customer}@example.jp")],
            Email = $"c{customer}@example.jp",
            SeenAt = at
        });
    }

    private static LatenessScan LatenessScan(House house) => house.Get<LatenessScan>();

    [Fact]
    public async Task A_regular_is_late_by_their_own_rhythm_once_per_silence()
    {
        await using var house = await House.Open();
        foreach (var day in (int[])[0, 10, 20]) await Buy(house, 1, day, 501);
        foreach (var day in (int[])[0, 90, 180]) await Buy(house, 2, day, 501);
        house.Clock.Now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(190);
        Assert.Equal(1, await LatenessScan(house).Scan());
        Assert.Equal(0, await LatenessScan(house).Scan());
        var late = Assert.Single(house.Heard);
        var customer = await house.Customer("email:c1@example.jp");
        Assert.Equal(EventTypes.CustomerLate, late.Type);
        Assert.Equal(customer.Id, late.Customer);
        Assert.Equal($"late:{customer.Id}:shopify:1-20", late.Id);

        await Buy(house, 1, 191, 501);
        house.Clock.Now += TimeSpan.FromDays(200);
        Assert.Equal(2, await LatenessScan(house).Scan());
    }

    [Fact]
    public async Task Killed_in_the_middle_the_scan_begins_again_and_says_nothing_new_twice()
    {
        await using var house = await House.Open();
        for (var customer = 0; customer < 4; customer++)
            foreach (var day in (int[])[0, 10, 20]) await Buy(house, customer, day, 501 + day);
        for (var kill = 0; kill < 9; kill++)
        {
            house.Storage.Reset();
            house.Storage.KillAtWrite = kill;
            await Record.ExceptionAsync(() => LatenessScan(house).Scan());
        }
        house.Storage.Reset();
        await LatenessScan(house).Scan();
        Assert.Equal(4, house.Heard.Select(e => e.Id).Distinct().Count());
        var products = house.Get<Products>();
        Assert.Equal(4, (await products.Next("shopify:501"))["shopify:511"]);
        Assert.Equal(10, (await products.Intervals()).Shop);
    }

    [Fact]
    public async Task What_others_bought_next_is_suggested_unless_bought_or_returned_and_then_the_shops_own()
    {
        await using var house = await House.Open();
        foreach (var customer in (int[])[1, 2, 3]) await Buy(house, customer, 0, 501);
        await Buy(house, 1, 9, 502);
        await Buy(house, 2, 9, 502, 503);
        await Buy(house, 9, 0, 501);
        await LatenessScan(house).Scan();
        var suggestions = house.Get<Suggestions>();
        var made = await suggestions.For(await house.Customer("email:c3@example.jp"), house.Shop);
        Assert.Equal([("502", "商品502", "https://shop.example/p/502"), ("503", "商品503", "https://shop.example/p/503"),
            ("own-1", "ほうじ茶", "https://shop.example/p/own-1")],
            made.Select(one => (one.ProductId, one.Title, one.Url!)));
        Assert.Equal(["503", "own-1", "own-2"], (await suggestions.For(
            await house.Customer("email:c1@example.jp"), house.Shop)).Select(one => one.ProductId));
    }
}

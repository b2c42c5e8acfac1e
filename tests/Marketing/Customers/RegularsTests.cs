using Automation.Marketing.Intake;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Privacy;
using Automation.Marketing.Tests.Orders;

namespace Automation.Marketing.Tests.Customers;

/// <summary>The lists of the night: who is late by their own rhythm, who became a regular.</summary>
public sealed class RegularsTests
{
    private static readonly DateTimeOffset First = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static async Task Buy(House house, string who, params int[] days)
    {
        foreach (var day in days)
        {
            var at = First.AddDays(day);
            var order = new Order
            {
                Source = "shopify",
                Id = $"{who}-{day}",
                Number = $"#{day}",
                PlacedAt = at,
                UpdatedAt = at,
                Currency = "JPY",
                Total = 1000,
            };
            await house.Get<ToldOrders>().Import(order, new Buyer
            {
                Identities = [new("email", $"{who}@example.jp")],
                Email = $"{who}@example.jp",
                SeenAt = at
            });
        }
    }

    private static async Task<House> On(int day)
    {
        var house = await House.Open();
        house.Clock.Now = First.AddDays(day);
        return house;
    }

    private static async Task<string[]> Late(House house) =>
        [.. (await house.Get<Regularities>().Late(0, default)).Late.Select(one => one.Customer.Email!.Split('@')[0])];

    private static async Task<string[]> New(House house) =>
        [.. (await house.Get<Regularities>().New(default)).Select(one => one.Customer.Email!.Split('@')[0])];

    [Fact]
    public async Task The_night_lists_who_is_late_by_their_own_rhythm_most_late_first_and_who_became_a_regular()
    {
        await using var house = await On(100);
        await Buy(house, "weekly", 0, 7, 14, 21);
        await Buy(house, "monthly", 0, 30, 40);
        await Buy(house, "on-time", 0, 40, 80);
        await Buy(house, "twice", 0, 10);
        await Buy(house, "long-ago", 0, 1, 2, 95);
        await house.Get<LatenessScan>().Scan();
        Assert.Equal(["weekly", "long-ago", "monthly"], await Late(house));
        Assert.Equal(["on-time"], await New(house));
        var weekly = (await house.Get<Regularities>().Late(0, default)).Late[0].Late;
        Assert.Equal(7, weekly.UsualDays);
        Assert.Equal(First.AddDays(21), weekly.LastAt);
    }

    [Fact]
    public async Task Whoever_buys_again_is_off_the_list_at_once_and_out_of_the_rows_the_night_after()
    {
        await using var house = await On(100);
        await Buy(house, "weekly", 0, 7, 14, 21);
        await house.Get<LatenessScan>().Scan();
        await Buy(house, "weekly", 99);
        Assert.Empty(await Late(house));
        Assert.Single(await house.Get<Regulars>().Late(house.Clock.Now, default));
        await house.Get<LatenessScan>().Scan();
        Assert.Empty(await house.Get<Regulars>().Late(house.Clock.Now, default));
    }

    [Fact]
    public async Task A_night_in_which_nothing_changed_writes_nothing()
    {
        await using var house = await On(60);
        await Buy(house, "weekly", 0, 7, 14, 21);
        await Buy(house, "fresh", 40, 50, 59);
        await house.Get<LatenessScan>().Scan();
        Assert.Equal(["fresh"], await New(house));
        house.Clock.Now += TimeSpan.FromDays(1);
        house.Storage.Reset();
        await house.Get<LatenessScan>().Scan();
        Assert.Equal(0, house.Storage.WritesTo("Search"));
    }

    [Fact]
    public async Task Whoever_is_erased_is_on_no_list_any_more()
    {
        await using var house = await On(60);
        await Buy(house, "weekly", 0, 7, 14, 21);
        await Buy(house, "fresh", 40, 50, 59);
        await house.Get<LatenessScan>().Scan();
        foreach (var who in (string[])["weekly", "fresh"])
            await house.Get<Erasure>().Erase((await house.Customer($"email:{who}@example.jp")).Id);
        Assert.Empty(await house.Get<Regulars>().Late(house.Clock.Now, default));
        Assert.Empty(await house.Get<Regulars>().New(default));
        await house.Get<LatenessScan>().Scan();
        Assert.Empty(await house.Get<Regulars>().Late(house.Clock.Now, default));
    }

    [Theory]
    [InlineData(0, 0, 2)]
    [InlineData(1, 0, 1)]
    [InlineData(0, 2, 0)]
    [InlineData(3, 0, null)]
    [InlineData(0, 4, null)]
    public void The_third_order_is_counted_with_those_of_before_the_shop_was_connected(
        int untold, int older, int? third)
    {
        var orders = Enumerable.Range(0, 5)
            .Select(n => new OrderSummary { Key = $"s:{n}", At = First.AddDays(n) }).ToList();
        var customer = new Customer
        {
            Id = CustomerId.New(DateTimeOffset.UtcNow),
            Orders = new() { Latest = orders, Untold = untold, OlderCount = older }
        };
        var found = Regularity.New(customer, First.AddDays(10));
        Assert.Equal(third is { } at ? First.AddDays(at) : null, found?.ThirdAt);
        Assert.Null(Regularity.New(customer, First.AddDays(60)));
    }
}

using Automation.Marketing.Customers;
using Automation.Marketing.People;
using Automation.Marketing.Privacy;
using Automation.Marketing.Search;
using Automation.Marketing.Tests.Orders;
using Automation.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Tests.Search;

/// <summary>The index follows customers: who they are now is what finds them, and nothing else.</summary>
public sealed class SearchTests
{
    private static readonly string[] Sources = ["shopify"];

    private static async Task<IReadOnlyList<string>> Find(House house, string asked) =>
        [.. (await house.Get<CustomerSearch>().Find(asked, Sources, null, default))!.Items.Select(one => one.Id.Value)];

    private static async Task<Customer> Meet(
        House house, string shopId, string family, string given, string? email = null, string? phone = null)
    {
        var buyer = new Buyer
        {
            Identities = [new("shopify", shopId), .. email is null ? [] : (Identity[])[new(Identity.Email, email)]],
            Email = email,
            Phone = phone,
            FamilyName = family,
            GivenName = given,
            SeenAt = house.Clock.Now,
        };
        return (await house.Customers.Recognise(buyer, "x", has => has))!.Customer;
    }

    /// <summary>The rows of the index, list and terms.</summary>
    private static Task<List<Row>> Rows(House house) =>
        house.Tables.Search.Query(new TableQuery { PartitionKey = "found" }).ToListAsync().AsTask();

    private static async Task<House> Open()
    {
        var house = await House.Open();
        house.Clock.Now = DateTimeOffset.UtcNow;
        return house;
    }

    [Fact]
    public async Task A_minute_after_their_order_somebody_is_found_by_name_address_phone_and_number()
    {
        await using var house = await House.Open();
        await house.Deliver("orders/create", Webhooks.Order("1001", 0));
        var id = (await house.Customer("shopify:7001")).Id.Value;
        Assert.Equal(1, await house.Get<SearchIndexer>().Run());
        foreach (var asked in (string[])["佐藤", "花子佐", "hanako@", "090-1234", "#1001", "100"])
            Assert.Equal([id], await Find(house, asked));
        Assert.Equal(0, await house.Get<SearchIndexer>().Run());
    }

    [Fact]
    public async Task While_many_orders_wait_many_new_customers_wait_to_be_found_for_five_minutes_at_most()
    {
        await using var house = await Open();
        for (var n = 0; n < 200; n++) await Meet(house, $"{n}", $"佐藤{n}", "花子");
        for (var n = 0; n < 200; n++) await house.Tables.OrderQueue.Send("an order"u8.ToArray());
        var indexer = house.Get<SearchIndexer>();
        Assert.Equal(0, await indexer.Run());
        house.Clock.Now += TimeSpan.FromMinutes(4);
        Assert.Equal(0, await indexer.Run());
        Assert.Empty(await Find(house, "佐藤7"));
        house.Clock.Now += TimeSpan.FromMinutes(1);
        Assert.Equal(200, await indexer.Run());
        Assert.NotEmpty(await Find(house, "佐藤7"));
    }

    [Fact]
    public async Task A_rush_that_is_over_holds_nobody_back()
    {
        await using var house = await Open();
        for (var n = 0; n < 200; n++) await Meet(house, $"{n}", $"佐藤{n}", "花子");
        for (var n = 0; n < 199; n++) await house.Tables.OrderQueue.Send("an order"u8.ToArray());
        Assert.Equal(200, await house.Get<SearchIndexer>().Run());
    }

    [Fact]
    public async Task Whoever_ordered_a_moment_ago_is_found_at_once_by_a_whole_address_order_or_id()
    {
        await using var house = await House.Open();
        await house.Deliver("orders/create", Webhooks.Order("1001", 0));
        var id = (await house.Customer("shopify:7001")).Id.Value;
        foreach (var asked in (string[])["Hanako@Example.jp", "1001", "shopify:1001", "shopify:7001", id])
            Assert.Equal([id], await Find(house, asked));
        Assert.Empty(await Find(house, "佐藤"));
    }

    [Fact]
    public async Task Another_name_finds_them_from_then_on_and_the_old_one_nobody()
    {
        await using var house = await Open();
        var indexer = house.Get<SearchIndexer>();
        var id = (await Meet(house, "1", "佐藤", "花子")).Id.Value;
        await indexer.Run();
        house.Clock.Now += TimeSpan.FromMinutes(1);
        await Meet(house, "1", "鈴木", "花子");
        await indexer.Run();
        Assert.Empty(await Find(house, "佐藤"));
        Assert.Equal([id], await Find(house, "鈴木"));
        Assert.Equal([id], await Find(house, "花子"));
    }

    [Fact]
    public async Task Two_who_turn_out_to_be_one_are_found_once_by_either_address()
    {
        await using var house = await Open();
        var indexer = house.Get<SearchIndexer>();
        await house.Customers.Recognise(
            new Buyer
            {
                Identities = [new(Identity.Email, "a@example.jp")],
                Email = "a@example.jp",
                FamilyName = "佐藤",
                SeenAt = house.Clock.Now
            }, "x", has => has);
        var one = await Meet(house, "1", "佐藤", "花子", "b@example.jp");
        await indexer.Run();
        Assert.Equal(2, (await Find(house, "佐藤")).Count);
        await house.Customers.Recognise(
            new Buyer
            {
                Identities = [new(Identity.Email, "a@example.jp"), new("shopify", "1")],
                SeenAt = DateTimeOffset.MinValue
            }, "x", has => has);
        await indexer.Run();
        var winner = Assert.Single(await Find(house, "佐藤"));
        Assert.Equal([winner], await Find(house, "a@ex"));
        Assert.Equal([winner], await Find(house, "b@ex"));
        Assert.Contains(winner, (string[])[one.Id.Value, (await house.Customer("email:a@example.jp")).Id.Value]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_an_erasure_nothing_leads_to_them_and_a_look_that_was_under_way_brings_nothing_back(
        bool indexed)
    {
        await using var house = await Open();
        var (index, indexer) = (house.Get<SearchIndex>(), house.Get<SearchIndexer>());
        var customer = await Meet(house, "1", "佐藤", "花子", "hanako@example.jp", "+819012345678");
        if (indexed) await indexer.Run();
        // Somebody has read the list and the customer, and is just about to write.
        var (read, terms) = (await index.Find(customer.Id), SearchTerms.Of(customer, new Dictionary<string, string>()));
        await house.Get<Erasure>().Erase(customer.Id);
        Assert.False(await index.Write(customer.Id, read, new(terms, new Dictionary<string, string>())));
        await indexer.Run();
        await Nobody();
        house.Clock.Now += TimeSpan.FromDays(800);
        await house.Get<RetentionSweep>().Run();
        await indexer.Run();
        await Nobody();

        async Task Nobody()
        {
            var list = Assert.Single(await Rows(house));
            Assert.Equal($"c|{customer.Id}", list.RowKey);
            Assert.Equal("""{"terms":[],"orders":{}}""", Documents.Text(list));
            foreach (var asked in (string[])["佐藤", "hanako", "hanako@example.jp", "090", "1", customer.Id.Value])
                Assert.Empty(await Find(house, asked));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Killed_anywhere_a_look_is_begun_again_and_ends_as_one_that_was_not(bool after) =>
        CrashMatrix.Run(after, async crash =>
    {
        await using var house = await Open();
        for (var n = 0; n < 3; n++) await Meet(house, $"{n}", "佐藤", $"花子{n}");
        await crash.During(house.Storage, () => house.Get<SearchIndexer>().Run());
        await using var again = house.Container();
        await again.GetRequiredService<SearchIndexer>().Run();
        Assert.Equal(3, (await Find(house, "佐藤")).Count);
        Assert.Equal(3 * 3, (await Rows(house)).Count);
    });

    [Fact]
    public async Task A_minute_in_which_nothing_happened_costs_one_read()
    {
        await using var house = await Open();
        var indexer = house.Get<SearchIndexer>();
        await Meet(house, "1", "佐藤", "花子");
        await indexer.Run();
        // The tables' clock cannot be set: so much later, what was written is long ago.
        house.Clock.Now += TimeSpan.FromMinutes(5);
        await indexer.Run();
        house.Clock.Now += TimeSpan.FromMinutes(5);
        house.Storage.Reset();
        await indexer.Run();
        Assert.Equal(["read Customers"], house.Storage.Operations);
    }

    [Fact]
    public async Task Many_of_one_name_come_page_by_page_and_each_of_them_once()
    {
        await using var house = await Open();
        for (var n = 0; n < 60; n++) await Meet(house, $"{n}", "佐藤", $"花子{n:D2}", $"satou{n}@example.jp");
        await house.Get<SearchIndexer>().Run();
        var (met, next) = (new List<string>(), (string?)null);
        do
        {
            var page = (await house.Get<CustomerSearch>().Find("佐藤", Sources, next, default))!;
            Assert.InRange(page.Items.Count, 1, CustomerSearch.AtOnce);
            met.AddRange(page.Items.Select(one => one.GivenName!));
            next = page.Next;
        } while (next is not null);
        Assert.Equal([.. Enumerable.Range(0, 60).Select(n => $"花子{n:D2}")], met);
        Assert.Null(await house.Get<CustomerSearch>().Find("佐藤", Sources, "none of ours", default));
    }

    [Fact]
    public async Task Whoever_buys_every_day_is_found_by_their_latest_orders()
    {
        await using var house = await Open();
        var customer = await Meet(house, "1", "佐藤", "花子");
        var orders = Enumerable.Range(0, 40).Select(n => new Order
        {
            Source = "shopify",
            Id = $"id{n}",
            Number = $"#{1000 + n}",
            PlacedAt = house.Clock.Now.AddDays(n - 40),
            UpdatedAt = house.Clock.Now,
            Currency = "JPY",
            Total = 1000,
            Customer = customer.Id,
        }).ToList();
        foreach (var order in orders) await house.Orders.Save(order, null);
        await house.Customers.Change(customer.Id, has => has with
        {
            Orders = has.Orders with
            {
                Latest = [.. orders.Select(
                    order => new OrderSummary { Key = order.Key, At = order.PlacedAt, Total = 1000 })]
            },
        });
        await house.Get<SearchIndexer>().Run();
        Assert.Equal([customer.Id.Value], await Find(house, "#1039"));
        Assert.Equal([customer.Id.Value], await Find(house, "#1010"));
        Assert.Empty(await Find(house, "#1009"));
        Assert.Equal([customer.Id.Value], await Find(house, "id9"));
    }
}

using Automation.Marketing.Choices;
using Automation.Marketing.Customers;
using Automation.Marketing.Intake;
using Automation.Marketing.People;
using Automation.Marketing.Privacy;
using Automation.Marketing.Tests.Orders;

namespace Automation.Marketing.Tests.Customers;

public sealed class TwoPeopleTests
{
    private const string Victim = "hanako@example.jp", Other = "mallory@example.org";

    private static Task Woo(House house, string topic, string body) => house.Deliver(topic, body, Fixtures.WooCommerce);

    private static Task Till(House house, string type, string data, string id = "1") =>
        house.Deliver(GenericDialect.Topic,
            $$"""{"specversion":"1.0","id":"{{id}}","source":"till","type":"{{type}}","time":"2026-11-22T08:30:"""
            + $$"""00Z","data":{{data}}}""",
            Fixtures.Generic);

    [Fact]
    public async Task An_account_that_types_somebody_elses_address_stays_a_person_of_its_own()
    {
        await using var house = await House.Open();
        await Woo(house, "order.created", WooOrders.Order("1", 25, Victim));
        await Woo(house, "order.created", WooOrders.Order("2", 666, Victim, "悪田"));
        await Woo(house, "customer.updated", WooOrders.Account(666, Other, "悪田", 5));

        var (hanako, mallory) = (await house.Customer("woo:25"), await house.Customer("woo:666"));
        Assert.NotEqual(hanako.Id, mallory.Id);
        Assert.Equal(Victim, hanako.Email);
        Assert.Equal("佐藤", hanako.FamilyName);
        Assert.Equal(1, Facts.Count(hanako.Orders));
        Assert.Equal(Other, mallory.Email);
        Assert.Equal("悪田", mallory.FamilyName);
        Assert.Equal(1, Facts.Count(mallory.Orders));
        Assert.Equal(hanako.Id, (await house.Customer($"email:{Victim}")).Id);

        await house.Get<Erasure>().Erase(mallory.Id);
        Assert.Equal(Victim, (await house.Customer("woo:25")).Email);
        Assert.Null(await house.Get<Suppressions>().Find(new(Identity.Email, Victim)));
    }

    [Fact]
    public async Task Two_customers_known_by_different_ids_are_not_merged_by_an_order()
    {
        await using var house = await House.Open();
        await Woo(house, "customer.created", WooOrders.Account(25, Victim));
        await Woo(house, "customer.created", WooOrders.Account(666, Other));
        await Woo(house, "order.created", WooOrders.Order("1", 666, Victim));
        await Till(house, "customer.created", $$"""{"id":"a","email":"a@example.jp"}""", "a");
        await Till(house, "customer.created", $$"""{"id":"b","email":"b@example.jp"}""", "b");
        await Till(
            house,
            "order.placed",
            """{"id":"9","currency":"JPY","total":1,"customer":{"id":"b","email":"a@example.jp"}}""",
            "o");
        await Till(house, "customer.updated", """{"id":"b","email":"a@example.jp"}""", "u");
        await Till(house, "review.posted", """{"customer":{"id":"b","email":"a@example.jp"}}""", "r");
        await house.Customers.Recognise(
            new Buyer { Identities = [new("till", "b"), new("email", "a@example.jp")], Email = "a@example.jp" },
            "till:import",
            customer => customer);

        Assert.Equal(Victim, (await house.Customer("woo:25")).Email);
        Assert.Equal(Other, (await house.Customer("woo:666")).Email);
        Assert.Equal((await house.Customer("woo:666")).Id, (await house.Orders.Find("woo", "1"))!.Value.Customer);
        Assert.Equal("a@example.jp", (await house.Customer("till:a")).Email);
        Assert.Equal("b@example.jp", (await house.Customer("till:b")).Email);
        Assert.Equal((await house.Customer("till:b")).Id, house.Heard.Single(e => e.Type == "review.posted").Customer);
        Assert.Equal(4, await House.Count(house.Tables.Customers));
    }

    [Fact]
    public async Task An_accounts_order_with_another_address_uses_it_for_that_order_alone()
    {
        await using var house = await House.Open();
        await Woo(house, "customer.created", WooOrders.Account(25, Victim));
        await Woo(house, "order.created", WooOrders.Order("1", 25, "office@example.jp"));
        await Woo(house, "order.created", WooOrders.Order("2", 25, Victim));
        await Woo(house, "order.created", WooOrders.Order("1", 25, "office@example.jp"));
        await Woo(
            house, "order.updated", WooOrders.Order("1", 25, "office@example.jp", status: "completed", minute: 5));

        var customer = await house.Customer("woo:25");
        Assert.Equal(Victim, customer.Email);
        Assert.Equal(2, Facts.Count(customer.Orders));
        Assert.DoesNotContain("email:office@example.jp", customer.Identities);
        Assert.Null(await house.Customers.FindByIdentity(new(Identity.Email, "office@example.jp")));
        Assert.Equal("office@example.jp", (await house.Orders.Find("woo", "1"))!.Value.Contact);
        Assert.Null((await house.Orders.Find("woo", "2"))!.Value.Contact);
        Assert.All(
            house.Seen.Where(seen => seen.Order?.Id == "1"),
            seen => Assert.Equal("office@example.jp", seen.Order!.Contact));

        await house.Get<Erasure>().Erase(customer.Id);
        Assert.Null((await house.Orders.Find("woo", "1"))!.Value.Contact);
    }

    [Fact]
    public async Task Shopifys_order_mails_go_to_the_orders_own_address()
    {
        await using var house = await House.Open();
        await house.Deliver("orders/create", Webhooks.Order("1001", 0, email: "office@example.jp"));
        await house.Deliver("orders/create", Webhooks.Order("1002", 0));
        Assert.Equal("office@example.jp", (await house.Orders.Find("shopify", "1001"))!.Value.Contact);
        Assert.Null((await house.Orders.Find("shopify", "1002"))!.Value.Contact);
        Assert.Equal(Victim, (await house.Customer("shopify:7001")).Email);
    }

    [Fact]
    public async Task A_guest_who_types_a_customers_address_changes_neither_name_nor_address()
    {
        await using var house = await House.Open();
        await Woo(house, "customer.created", WooOrders.Account(25, Victim));
        await Woo(house, "customer.updated", WooOrders.Account(25, "new@example.jp", minute: 2));
        await Woo(house, "order.created", WooOrders.Order("1", 0, Victim, "お金をあげます", minute: 9));
        await Till(
            house,
            "order.placed",
            """{"id":"9","currency":"JPY","total":1,"customer":{"email":"new@example.jp","familyName":"お金"}}""");

        var customer = await house.Customer("woo:25");
        Assert.Equal("佐藤", customer.FamilyName);
        Assert.Equal("new@example.jp", customer.Email);
        Assert.Equal(2, Facts.Count(customer.Orders));
        Assert.Equal(Victim, (await house.Orders.Find("woo", "1"))!.Value.Contact);
        // What a guest typed gives way to what the source says of the account, whenever it says so.
        await Woo(house, "order.created", WooOrders.Order("2", 0, "guest@example.jp", "間違", minute: 30));
        await Woo(house, "order.created", WooOrders.Order("3", 0, "guest@example.jp", "更間違", minute: 40));
        Assert.Equal("間違", (await house.Customer("email:guest@example.jp")).FamilyName);
        await Woo(house, "customer.created", WooOrders.Account(31, "guest@example.jp", "鈴木", 1));
        Assert.Equal("鈴木", (await house.Customer("email:guest@example.jp")).FamilyName);
        Assert.Equal((await house.Customer("woo:31")).Id, (await house.Customer("email:guest@example.jp")).Id);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task An_address_that_changed_hands_at_the_source_changes_hands_here_killed_at_any_write(bool after) =>
        CrashMatrix.Run(after, async crash =>
    {
        await using var house = await House.Open();
        await Woo(house, "customer.created", WooOrders.Account(25, Victim));
        await Woo(house, "customer.updated", WooOrders.Account(25, "new@example.jp", minute: 2));
        house.Storage.Reset();
        Task Told() => Woo(house, "customer.created", WooOrders.Account(31, Victim, "鈴木", 3));
        await crash.During(house.Storage, Told);
        if (crash.Killed) await Told();
        Assert.Equal((await house.Customer("woo:31")).Id, (await house.Customer($"email:{Victim}")).Id);
        Assert.DoesNotContain($"email:{Victim}", (await house.Customer("woo:25")).Identities);
        Assert.Equal(Victim, (await house.Customer("woo:31")).Email);
        Assert.Equal("new@example.jp", (await house.Customer("woo:25")).Email);
    });

    [Fact]
    public async Task Whoever_is_forgotten_takes_nobody_along_whose_address_they_gave()
    {
        await using var house = await House.Open();
        await Till(house, "customer.created", $$"""{"id":"25","email":"{{Victim}}"}""", "a");
        await Till(house, EventTypes.CustomerErased, $$"""{"id":"666","email":"{{Victim}}"}""", "b");
        Assert.Equal(Victim, (await house.Customer("till:25")).Email);
        await Till(house, EventTypes.CustomerErased, $$"""{"id":"25","email":"{{Victim}}"}""", "c");
        Assert.Null(await house.Customers.FindByIdentity(new("till", "25")));
    }

    [Fact]
    public async Task An_id_claimed_for_somebody_elses_row_and_never_written_there_is_given_back()
    {
        await using var house = await House.Open();
        await Woo(house, "customer.created", WooOrders.Account(25, Victim));
        var hanako = await house.Customer("woo:25");
        await house.Tables.Identities.Add(new(Keys.Shard("woo:666"), "woo:666")
        {
            { "CustomerId", hanako.Id.Value }
        });
        await Woo(house, "customer.created", WooOrders.Account(666, Other));
        Assert.NotEqual(hanako.Id, (await house.Customer("woo:666")).Id);
    }
}

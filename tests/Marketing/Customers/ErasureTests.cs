using Automation.Marketing.Customers;
using Automation.Marketing.Inbox;
using Automation.Marketing.People;
using Automation.Marketing.Privacy;
using Automation.Marketing.Tests.Orders;

namespace Automation.Marketing.Tests.Customers;

public sealed class ErasureTests
{
    private const string Redact =
        """{"shop_id":1,"shop_domain":"tea.myshopify.com","customer":{"id":7001"""
        + ""","email":"hanako@example.jp","phone":null},"orders_to_redact":[1001,1002]}""";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_redact_webhook_killed_anywhere_and_delivered_again_leaves_nothing_of_the_person_in_any_table(
        bool after) =>
        CrashMatrix.Run(after, async crash =>
    {
        await using var house = await House.Open();
        await house.Deliver("orders/create", Webhooks.Order("1001", 0, accepts: true));
        var id = (await house.Customer("shopify:7001")).Id;
        await Traces.Leave(house, id);
        await Traces.LeaveStranger(house);
        house.Storage.Reset();
        await crash.During(house.Storage, () => house.Deliver("customers/redact", Redact));
        if (crash.Killed) await house.Deliver("customers/redact", Redact);
        foreach (var text in await Traces.Everything(house.Tables))
            foreach (var personal in (string[])["hanako", "佐藤", "花子", "1234567", "1234-5678", "shopify:7001",
                "shopify=3A7001", "checkout\",\"evidence", "shopify=3A1001"])
                Assert.DoesNotContain(personal, text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("erased", await house.Get<Suppressions>().Find(new("email", "hanako@example.jp")));
        Assert.Single(house.Heard.Where(e => e.Type == "customer.erased").Select(e => e.Id).Distinct());
        Assert.NotNull((await house.Customers.Find(id))!.Value.ErasedAt);
        Assert.Equal(["given"],
            (await house.Consents.History(id)).Select(entry => entry.Said.State.ToString().ToLowerInvariant()));
        Assert.Single(await new Parking(house.Tables).List().ToListAsync());
    });

    [Theory]
    [InlineData("""{"email":"HANAKO@example.jp"}""", true)]
    [InlineData("""{"email":"hanako\u0040example.jp"}""", true)]
    [InlineData("""{"phone":"090-1234-5678"}""", true)]
    [InlineData("""{"phone":"+81 (90) 1234 5678"}""", true)]
    [InlineData("""{"customer":{"email":null,"id":7001}}""", true)]
    [InlineData("""{"customer_id":"7001"}""", true)]
    [InlineData("""{"admin_graphql_api_id":"gid://shopify/Customer/7001"}""", true)]
    [InlineData("""{"id":7001,"customer":{"id":70011}}""", false)]
    [InlineData("""{"email":"anahako@example.jp","phone":"090-1234-5679"}""", false)]
    public void A_person_is_recognised_in_a_webhook_that_nobody_could_read(string body, bool there) =>
        Assert.Equal(there, Marketing.Privacy.Traces.Has(System.Text.Encoding.UTF8.GetBytes(body), "shopify",
            ["email:hanako@example.jp", "phone:+819012345678", "shopify:7001"]));

    [Fact]
    public async Task All_addresses_a_person_ever_had_are_suppressed_and_not_the_latest_alone()
    {
        await using var house = await House.Open();
        string[] addresses = ["hanako@example.jp", "hanako.old@example.jp", "hanako.guest@example.jp"];
        string Told(string address, int minute) =>
            $$"""{"id":7001"""
            + $$""","email":"{{address}}","first_name":"花子","last_name":"佐藤","""
            + $$""" "updated_at":"{{Webhooks.At(minute)}}","created_at":"{{Webhooks.At(0)}}"}""";
        await house.Deliver("customers/create", Told(addresses[1], 0));
        await house.Deliver("customers/update", Told(addresses[0], 10));
        var id = (await house.Customer("shopify:7001")).Id;
        // Somebody known by an address alone, who turned out to be the same person.
        await house.Customers.Recognise(
            new Buyer { Identities = [new("email", addresses[2])], Email = addresses[2], SeenAt = house.Clock.Now },
            "x", has => has);
        await house.Customers.Recognise(new Buyer
        {
            Identities = [new("email", addresses[2]), new("shopify", "7001")],
            SeenAt = DateTimeOffset.MinValue
        }, "x", has => has);
        await house.Get<Erasure>().Erase(id);
        foreach (var address in addresses)
            Assert.Equal("erased", await house.Get<Suppressions>().Find(new("email", address)));
    }

    [Fact]
    public async Task Late_webhooks_of_a_redacted_order_find_nobody_and_a_new_order_begins_anew_but_stays_suppressed()
    {
        await using var house = await House.Open();
        await house.Deliver("orders/create", Webhooks.Order("1001", 0));
        var old = (await house.Customer("shopify:7001")).Id;
        await house.Deliver("customers/redact", Redact);
        house.Heard.Clear();
        await house.Deliver("orders/updated", Webhooks.Order("1001", 5, "paid"));
        await house.Deliver("orders/updated", Webhooks.Order("1002", 5, "paid"));
        Assert.Empty(house.Heard);
        await house.Deliver("orders/create", Webhooks.Order("1003", 9));
        var again = await house.Customer("shopify:7001");
        Assert.NotEqual(old, again.Id);
        Assert.Equal(1, Facts.Count(again.Orders));
        Assert.Equal("erased", again.Suppressed["email"]);
    }
}

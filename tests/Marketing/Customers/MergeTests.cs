using Automation.Marketing.Customers;
using Automation.Marketing.People;
using Automation.Marketing.Tests.Orders;

namespace Automation.Marketing.Tests.Customers;

public sealed class MergeTests
{
    private static Buyer Person(params string[] identities) => new()
    {
        Identities = [.. identities.Select(text => Identity.Parse(text)!.Value)],
        Email = identities.FirstOrDefault(text => text.StartsWith("email:", StringComparison.Ordinal))?[6..],
        SeenAt = Fixtures.Now,
    };

    private static Task<Recognised?> Meet(House house, params string[] identities) =>
        house.Customers.Recognise(Person(identities), "test", customer => customer);

    [Fact]
    public async Task An_order_that_connects_two_customers_makes_them_one_and_the_older_one_stays()
    {
        await using var house = await House.Open();
        await house.Deliver(
            "orders/create", Webhooks.Order("1", 0, customer: "null", email: "guest@example.jp", accepts: true));
        house.Clock.Now += TimeSpan.FromDays(1);
        await house.Deliver("orders/create",
            Webhooks.Order("2", 0, customer: """{"id":7001,"email":"work@example.jp","tags":"vip"}"""));
        var (older, younger) = (await house.Customer("email:guest@example.jp"), await house.Customer("shopify:7001"));
        Assert.NotEqual(older.Id, younger.Id);

        house.Clock.Now += TimeSpan.FromDays(1);
        await house.Deliver(
            "orders/create", Webhooks.Order("3", 9, customer: """{"id":7001,"email":"guest@example.jp"}"""));

        var one = await house.Customer("shopify:7001");
        Assert.Equal(older.Id, one.Id);
        Assert.Equal([younger.Id], one.MergedFrom);
        Assert.Equal(3, Facts.Count(one.Orders));
        Assert.Equal(9000m, Facts.Total(one.Orders));
        Assert.Equal(["vip"], one.Tags);
        Assert.Equal(ConsentState.Given, one.Consent["email"].State);
        Assert.Equal(one.Id, (await house.Customer("email:work@example.jp")).Id);
        Assert.Equal(one.Id, (await house.Customers.Find(younger.Id))!.Value.Id);

        await house.Deliver(
            "orders/paid", Webhooks.Order("2", 5, "paid", customer: """{"id":7001,"email":"work@example.jp"}"""));
        Assert.Equal(one.Id, (await house.Orders.Find("shopify", "2"))!.Value.Customer);
        Assert.Equal(3, Facts.Count((await house.Customer("shopify:7001")).Orders));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_merge_killed_at_any_write_is_finished_by_the_next_who_meets_both(bool after) =>
        CrashMatrix.Run(after, async crash =>
    {
        await using var house = await House.Open();
        await house.Deliver("orders/create", Webhooks.Order("1", 0, customer: "null", email: "guest@example.jp"));
        await house.Deliver(
            "orders/create", Webhooks.Order("2", 0, customer: """{"id":7001,"email":"work@example.jp"}"""));
        house.Storage.Reset();
        await crash.During(house.Storage, () => Meet(house, "shopify:7001", "email:guest@example.jp"));
        if (crash.Killed) await Meet(house, "shopify:7001", "email:guest@example.jp");
        var one = await house.Customer("email:guest@example.jp");
        Assert.Equal(one.Id, (await house.Customer("shopify:7001")).Id);
        Assert.Equal(one.Id, (await house.Customer("email:work@example.jp")).Id);
        Assert.Equal(2, Facts.Count(one.Orders));
        Assert.Equal(6000m, Facts.Total(one.Orders));
    });

    [Fact]
    public async Task Killed_between_claim_and_row_the_next_goes_on_with_the_promised_id()
    {
        await using var house = await House.Open();
        house.Storage.KillAtWrite = 3;   // behind the salt and two claims
        await Assert.ThrowsAsync<KilledException>(() => Meet(house, "email:a@example.jp", "shopify:1"));
        Assert.Null(await house.Customers.FindByIdentity(new("email", "a@example.jp")));
        var who = await Meet(house, "shopify:1");
        Assert.Equal(who!.Customer.Id, (await house.Customer("email:a@example.jp")).Id);
        Assert.True(who.IsNew);
    }

    [Fact]
    public async Task Two_promises_that_were_never_kept_end_as_one_customer()
    {
        await using var house = await House.Open();
        foreach (var identity in (string[])["email:a@example.jp", "shopify:1"])
        {
            house.Storage.Reset();
            // the first address makes the salt
            house.Storage.KillAtWrite = identity.StartsWith("email:", StringComparison.Ordinal) ? 2 : 1;
            await Assert.ThrowsAsync<KilledException>(() => Meet(house, identity));
        }
        house.Storage.Reset();
        await Meet(house, "email:a@example.jp", "shopify:1");
        Assert.Equal((await house.Customer("email:a@example.jp")).Id, (await house.Customer("shopify:1")).Id);
    }

    [Fact]
    public async Task Many_at_once_who_share_identities_in_part_end_as_one()
    {
        await using var house = await House.Open();
        await Task.WhenAll(Enumerable.Range(0, 24)
            .Select(n => Task.Run(() => Meet(house, $"email:{(char)('a' + n % 3)}@example.jp", "shopify:1"))));
        await Meet(house, "email:a@example.jp", "email:b@example.jp", "email:c@example.jp", "shopify:1");
        var ids = new List<CustomerId>();
        foreach (var identity in (string[])["email:a@example.jp", "email:b@example.jp", "email:c@example.jp",
            "shopify:1"]) ids.Add((await house.Customer(identity)).Id);
        Assert.Single(ids.Distinct());
    }

    [Fact]
    public async Task A_change_is_not_lost_however_many_write_at_once()
    {
        await using var house = await House.Open();
        var id = (await Meet(house, "email:a@example.jp"))!.Customer.Id;
        await Task.WhenAll(Enumerable.Range(0, 16).Select(
            n => Task.Run(() => house.Customers.Change(id, has => has with { Tags = [.. has.Tags, $"t{n}"] }))));
        Assert.Equal(16, (await house.Customers.Find(id))!.Value.Tags.Count);
    }
}

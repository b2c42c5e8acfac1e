using Automation.Marketing.People;
using Automation.Marketing.Tests.Orders;

namespace Automation.Marketing.Tests.Consents;

public sealed class ConsentTests
{
    private static ConsentRecord Said(ConsentState state, int day) => new(state, Fixtures.Now.AddDays(day), "api");

    [Fact]
    public async Task The_latest_saying_holds_whenever_it_arrives_and_every_saying_is_kept()
    {
        await using var house = await House.Open();
        await house.Deliver("orders/create", Webhooks.Order("1001", 0));
        var id = (await house.Customer("shopify:7001")).Id;
        house.Heard.Clear();
        foreach (var said in (ConsentRecord[])[Said(ConsentState.Given, 1), Said(ConsentState.Withdrawn, 3),
            Said(ConsentState.Given, 2), Said(ConsentState.Withdrawn, 3)])
            await house.Consents.Record(id, "email", said);
        Assert.Equal(ConsentState.Withdrawn, (await house.Customer("shopify:7001")).Consent["email"].State);
        Assert.Equal(["consent.given", "consent.withdrawn"], house.Heard.Select(e => e.Type));
        Assert.Equal(
            [1, 2, 3], (await house.Consents.History(id)).Select(entry => (entry.Said.At - Fixtures.Now).Days));
    }

    [Theory]
    [InlineData(ConsentState.Given, ConsentState.Withdrawn)]
    [InlineData(ConsentState.Withdrawn, ConsentState.Given)]
    public async Task What_was_said_while_the_clock_was_ahead_does_not_outlast_what_is_said_now(
        ConsentState ahead, ConsentState now)
    {
        await using var house = await House.Open();
        await house.Deliver("orders/create", Webhooks.Order("1001", 0));
        var id = (await house.Customer("shopify:7001")).Id;
        await house.Consents.Record(id, "email", new(ahead, house.Clock.GetUtcNow().AddDays(90), "api"));
        await house.Consents.Record(id, "email", new(now, house.Clock.GetUtcNow(), "api"));
        Assert.Equal(now, (await house.Customer("shopify:7001")).Consent["email"].State);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_unsubscribe_killed_anywhere_and_repeated_is_heard_and_kept(bool after)
    {
        await using var house = await House.Open();
        await house.Deliver("orders/create", Webhooks.Order("1001", 0, accepts: true));
        var id = (await house.Customer("shopify:7001")).Id;
        for (var kill = 0; kill < 2; kill++)
        {
            house.Heard.Clear();
            house.Storage.Reset();
            (house.Storage.KillAtWrite, house.Storage.KillAfter) = (kill, after);
            var said = Said(kill == 0 ? ConsentState.Withdrawn : ConsentState.Given, kill + 1);
            await Assert.ThrowsAsync<KilledException>(() => house.Consents.Record(id, "email", said));
            await house.Consents.Record(id, "email", said);
            Assert.Equal(said, (await house.Customer("shopify:7001")).Consent["email"]);
            Assert.Single(house.Heard.Select(e => e.Id).Distinct());
            Assert.Equal(kill + 2, (await house.Consents.History(id)).Count);
        }
    }
}

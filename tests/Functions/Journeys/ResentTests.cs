using Automation.Marketing;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Sending;

namespace Automation.Functions.Tests.Journeys;

/// <summary>An order mail of unknown outcome goes once more only where it would still go at all.</summary>
public sealed class ResentTests
{
    private static readonly (string, string) Mail =
        ("mails/thanks.md", "---\nsubject: ありがとう\npurpose: transactional\n---\nありがとうございます。\n");
    private static readonly (string, string) Once = ("journeys/thanks.json", Journey(""));
    private static readonly (string, string) Waiting =
        ("journeys/thanks.json", Journey(""", { "do": "wait", "for": "3 days" }"""));

    private static string Journey(string behind, string more = "") => $$"""
        { "name": "お礼", "purpose": "transactional", "trigger": { "event": "order.placed" }, "per": "order",{{more}}
          "leaveOn": [ { "event": "order.cancelled" } ], "steps": [ { "do": "send", "mail": "thanks" }{{behind}} ] }
        """;

    /// <summary>The thank-you went out, and the provider answered as told: nobody knows what became of it.</summary>
    private static async Task<(WalkedShop Shop, Customer Customer)> Uncertain(
        (string, string) journey, DeliveryResult.Unclear? answer = null)
    {
        var shop = await WalkedShop.Open(Mail, journey);
        shop.Answer = _ => answer ?? new DeliveryResult.Unclear("no answer in time");
        var customer = await shop.Customer("aoi@example.jp");
        await shop.Happens("order.placed", customer, order: "demo:1");
        await shop.Walk();
        Assert.Equal(SendState.Uncertain, Assert.Single(await shop.Sends(customer)).State);
        shop.Answer = message => new DeliveryResult.Accepted($"p-{message.Id}");
        shop.Clock.Now += TimeSpan.FromMinutes(16);
        return (shop, customer);
    }

    private static async Task<Send> Settled(WalkedShop shop, Customer customer)
    {
        for (var n = 0; n < 3; n++) await shop.Reconciliation().Run(default);
        return Assert.Single(await shop.Sends(customer));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cancelled_order_is_not_thanked_for_whether_its_walk_goes_on_or_is_over(bool goesOn)
    {
        var (shop, customer) = await Uncertain(goesOn ? Waiting : Once);
        await using var _ = shop;
        await shop.Happens("order.cancelled", customer, order: "demo:1");
        if (goesOn) await shop.Walk();
        var send = await Settled(shop, customer);
        Assert.Equal(SendState.Uncertain, send.State);
        Assert.Equal("no answer in time; not resent: order.cancelled", send.Reason);
        Assert.Single(shop.Sent);
        Assert.Single(await shop.Attention("uncertain"));
    }

    [Fact]
    public async Task A_walk_that_has_heard_it_and_not_yet_looked_counts_too()
    {
        var (shop, customer) = await Uncertain(Waiting);
        await using var _ = shop;
        await shop.Happens("order.cancelled", customer, order: "demo:1");
        Assert.EndsWith("not resent: order.cancelled", (await Settled(shop, customer)).Reason);
    }

    [Fact]
    public async Task What_becomes_of_another_order_keeps_nothing_back()
    {
        var (shop, customer) = await Uncertain(Once);
        await using var _ = shop;
        await shop.Happens("order.cancelled", customer, order: "demo:2");
        Assert.Equal(SendState.Accepted, (await Settled(shop, customer)).State);
        Assert.Empty(await shop.Attention("uncertain"));
    }

    [Fact]
    public async Task A_mail_of_a_paused_journey_waits_until_the_journey_is_let_go()
    {
        var (shop, customer) = await Uncertain(Waiting);
        await using var _ = shop;
        await shop.Can.Get<PublishedJourneys>().SetPaused("thanks", true);
        Assert.Equal(SendState.Uncertain, (await Settled(shop, customer)).State);
        Assert.Single(shop.Sent);
        await shop.Can.Get<PublishedJourneys>().SetPaused("thanks", false);
        shop.Clock.Now += TimeSpan.FromMinutes(15);
        Assert.Equal(SendState.Accepted, (await Settled(shop, customer)).State);
        Assert.Equal(2, shop.Sent.Count);
    }

    [Fact]
    public async Task A_mail_whose_window_is_closed_waits_until_it_opens()
    {
        var journey = ("journeys/thanks.json", Journey(
            "", """ "window": { "days": ["tuesday"], "from": "12:00", "to": "12:10" },"""));
        var (shop, customer) = await Uncertain(journey);
        await using var _ = shop;
        Assert.Equal(SendState.Uncertain, (await Settled(shop, customer)).State);
        Assert.Single(shop.Sent);
        shop.Clock.Now = new DateTimeOffset(2026, 12, 1, 3, 5, 0, TimeSpan.Zero);
        Assert.Equal(SendState.Accepted, (await Settled(shop, customer)).State);
        Assert.Equal(2, shop.Sent.Count);
    }

    [Fact]
    public async Task Whoever_ends_the_walk_while_the_repetition_begins_wins()
    {
        var (shop, customer) = await Uncertain(Waiting);
        await using var _ = shop;
        var ends = new Reconciliation(
            new(shop.Tables), new(shop.Tables), shop.Can.Get<Marketing.Sending.Sending>(), new Ending(shop, customer),
            new() { SettleAfter = TimeSpan.FromMinutes(15) }, shop.Clock);
        await ends.Run(default);
        Assert.Single(shop.Sent);
        Assert.EndsWith("not resent: order.cancelled", (await Settled(shop, customer)).Reason);
    }

    /// <summary>The order is cancelled once it was asked how things stand.</summary>
    private sealed class Ending(WalkedShop shop, Customer customer) : IStandings
    {
        public async ValueTask<Standing> Of(Send send, CancellationToken cancellation)
        {
            var standing = await shop.Can.Get<Standings>().Of(send, cancellation);
            await shop.Happens("order.cancelled", customer, order: "demo:1");
            await shop.Walk();
            return standing;
        }
    }

    [Fact]
    public async Task A_walk_that_went_on_and_left_by_its_own_step_gets_its_mail()
    {
        var (shop, customer) =
            await Uncertain(("journeys/thanks.json", Journey(""", { "do": "leave", "because": "thanked" }""")));
        await using var _ = shop;
        Assert.Equal(Outcome.Left, Assert.Single(await shop.Walks(customer)).Outcome);
        Assert.Equal(SendState.Accepted, (await Settled(shop, customer)).State);
    }
}

using Automation.Marketing;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Sending;

namespace Automation.Functions.Tests.Journeys;

/// <summary>Walks that were moved into another version walk on as that version says, and nobody gets a mail twice by
/// it.</summary>
public sealed class MovedTests
{
    private static readonly (string, string)[] Mails =
        [("mails/one.md", "---\nsubject: one\n---\n本文\n"), ("mails/two.md", "---\nsubject: two\n---\n本文\n"),
            ("mails/three.md", "---\nsubject: three\n---\n本文\n")];

    private static string Journey(string steps, string more = "") =>
        $$"""{ "name": "n", "purpose": "marketing", "trigger": { "event": "order.placed" }, {{more}} "steps": [ """
        + $$"""{{steps}} ] }""";

    private static async Task<(WalkedShop Shop, Customer Customer)> Open(string steps, string settings = "")
    {
        var shop = await WalkedShop.Open(
            [("shop.json", WalkedShop.Settings(settings)), .. Mails, ("journeys/j.json", Journey(steps))]);
        await shop.Ring();
        var customer = await shop.Customer("aoi@example.jp");
        await shop.Happens("order.placed", customer, order: "demo:1");
        await shop.Walk();
        return (shop, customer);
    }

    private static async Task Move(WalkedShop shop, string steps, params (string From, string To)[] targets)
    {
        shop.Write("journeys/j.json", Journey(steps));
        await shop.Publish();
        var journeys = shop.Can.Get<PublishedJourneys>();
        await shop.Can.Get<Mover>().Begin(
            (await journeys.Find("j", 1))!, journeys.Latest("j")!, targets.ToDictionary(one => one.From, one => one.To),
            "mika", TimeSpan.Zero, default);
        await shop.Ring();
        await shop.Walk();
    }

    private const string Send1 = """{ "do": "send", "mail": "one" }""", Send2 = """{ "do": "send", "mail": "two" }""",
        Send3 = """{ "do": "send", "mail": "three" }""";

    [Fact]
    public async Task A_mail_that_went_out_before_the_move_never_comes_again()
    {
        var (shop, customer) = await Open($$"""{{Send1}}, { "do": "wait", "for": "3 days" }, {{Send2}}""");
        await using var _ = shop;
        Assert.Equal(["one"], shop.Sent.Select(message => message.Subject));
        await Move(shop,
            $$"""{ "do": "wait", "for": "5 days" }, {{Send2}}, { "do": "wait", "for": "1 day" }, {{Send1}}, """
            + $$"""{{Send3}}""",
            ("1", "0"));
        await shop.Pass(TimeSpan.FromDays(4));
        Assert.Single(shop.Sent);
        await shop.Pass(TimeSpan.FromDays(1));
        await shop.Pass(TimeSpan.FromDays(1));
        Assert.Equal(["one", "two", "three"], shop.Sent.Select(message => message.Subject));
        var walk = Assert.Single(await shop.Walks(customer));
        Assert.Equal(Outcome.Completed, walk.Outcome);
        Assert.Equal(2, walk.Version);
    }

    [Fact]
    public async Task A_place_that_was_another_mails_is_not_taken_for_sent()
    {
        var (shop, _) = await Open($$"""{{Send1}}, { "do": "wait", "for": "3 days" }""");
        await using var __ = shop;
        await Move(shop, $$"""{{Send2}}, { "do": "wait", "for": "1 day" }, {{Send3}}""", ("1", "0"));
        Assert.Equal(["one", "two"], shop.Sent.Select(message => message.Subject));
        await shop.Pass(TimeSpan.FromDays(1));
        Assert.Equal(["one", "two", "three"], shop.Sent.Select(message => message.Subject));
    }

    [Fact]
    public async Task A_wait_that_is_over_in_the_new_version_is_over_at_once()
    {
        var (shop, _) = await Open($$"""{ "do": "wait", "for": "14 days" }, {{Send1}}""");
        await using var __ = shop;
        await shop.Pass(TimeSpan.FromDays(6));
        await Move(shop, $$"""{ "do": "wait", "for": "5 days" }, {{Send1}}""", ("0", "0"));
        Assert.Single(shop.Sent);
    }

    [Fact]
    public async Task A_mail_that_was_held_back_goes_once_from_its_new_place()
    {
        var (shop, customer) = await Open(
            $$"""{{Send1}}, {{Send2}}""", """, "plan": { "caps": [ { "messages": 1, "per": "6 days" } ] }""");
        await using var _ = shop;
        Assert.Single(shop.Sent);
        await Move(shop, $$"""{ "do": "update", "addTags": ["x"] }, {{Send2}}, {{Send3}}""", ("1", "1"));
        for (var day = 0; day < 15; day++) await shop.Pass(TimeSpan.FromDays(1));
        Assert.Equal(["one", "two", "three"], shop.Sent.Select(message => message.Subject));
        Assert.All(await shop.Sends(customer), send => Assert.Equal(SendState.Accepted, send.State));
    }

    [Fact]
    public async Task A_mail_that_was_held_back_and_is_gone_does_not_go()
    {
        var (shop, customer) = await Open(
            $$"""{{Send1}}, {{Send2}}""", """, "plan": { "caps": [ { "messages": 1, "per": "6 days" } ] }""");
        await using var _ = shop;
        await Move(shop, $$"""{{Send1}}, { "do": "wait", "for": "30 days" }""", ("1", "1"));
        Assert.Equal(
            [(SendState.Accepted, "one"), (SendState.Refused, "two")], (await shop.Sends(customer))
                .OrderBy(send => send.Mail, StringComparer.Ordinal).Select(send => (send.State, send.Mail)));
        for (var day = 0; day < 15; day++) await shop.Pass(TimeSpan.FromDays(1));
        Assert.Single(shop.Sent);
    }

    [Fact]
    public async Task Who_is_to_leave_leaves_and_who_is_at_another_step_walks_on_in_their_version()
    {
        var (shop, aoi) = await Open(
            $$"""{{Send1}}, { "do": "wait", "for": "3 days" }, { "do": "wait", "for": "3 days" }, {{Send2}}""");
        await using var _ = shop;
        await shop.Pass(TimeSpan.FromDays(4));
        var ren = await shop.Customer("ren@example.jp");
        await shop.Happens("order.placed", ren, order: "demo:2");
        await shop.Walk();
        await Move(shop, $$"""{{Send3}}""", ("1", MoveOrder.Leave));
        var left = Assert.Single(await shop.Walks(ren));
        Assert.Equal(Outcome.Left, left.Outcome);
        Assert.Equal("version 2 was published", left.Because);
        await shop.Pass(TimeSpan.FromDays(3));
        var walked = Assert.Single(await shop.Walks(aoi));
        Assert.Equal(Outcome.Completed, walked.Outcome);
        Assert.Equal(1, walked.Version);
        Assert.Equal(["one", "one", "two"], shop.Sent.Select(message => message.Subject));
    }
}

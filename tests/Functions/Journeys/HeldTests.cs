using Automation.Functions.Hosting;
using Automation.Functions.Journeys;
using Automation.Marketing;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Sending;

namespace Automation.Functions.Tests.Journeys;

/// <summary>Whom the plan held back goes as soon as the plan lets go, and whom the provider held back is asked for
/// again soon.</summary>
public sealed class HeldTests
{
    private const string Quiet = """, "quietHours": { "from": "11:00", "to": "15:00" }""";
    private const string Capped = """, "plan": { "caps": [ { "messages": 1, "per": "6 days" } ] }""";

    /// <summary>It is noon in the shop.</summary>
    private static async Task<(WalkedShop Shop, Customer Customer)> Open(string settings)
    {
        var shop = await WalkedShop.Open(
            ("shop.json", WalkedShop.Settings(settings)), ("mails/one.md", "---\nsubject: one\n---\n本文\n"),
            ("mails/two.md", "---\nsubject: two\n---\n本文\n"),
            ("journeys/two.json", """
                { "name": "二通", "purpose": "marketing", "trigger": { "event": "order.placed" },
                  "steps": [ { "do": "send", "mail": "one" }, { "do": "send", "mail": "two" } ] }
                """));
        await shop.Ring();
        var customer = await shop.Customer("aoi@example.jp");
        await shop.Happens("order.placed", customer, order: "demo:1");
        await shop.Walk();
        return (shop, customer);
    }

    [Theory]
    [InlineData(Quiet, 0)]
    [InlineData(Capped, 1)]
    public async Task A_plan_that_is_loosened_lets_go_at_once_whom_it_held(string settings, int sent)
    {
        var (shop, _) = await Open(settings);
        await using var __ = shop;
        Assert.Equal(sent, shop.Sent.Count);
        shop.Write("shop.json", WalkedShop.Settings());
        await shop.Publish();
        Assert.Equal(1, await shop.Ring());
        await shop.Walk();
        Assert.Equal(["one", "two"], shop.Sent.Select(message => message.Subject));
        await shop.Publish();
        Assert.Equal(0, await shop.Ring());
    }

    [Fact]
    public async Task It_was_loosened_while_the_program_was_stopped()
    {
        var (shop, _) = await Open(Capped);
        await using var __ = shop;
        shop.Write("shop.json", WalkedShop.Settings());
        await shop.Restart();
        Assert.Equal(1, await shop.Ring());
        await shop.Walk();
        Assert.Equal(2, shop.Sent.Count);
    }

    [Fact]
    public async Task Killed_before_it_was_noted_that_they_were_told_they_are_told_again()
    {
        var (shop, _) = await Open(Capped);
        await using var __ = shop;
        shop.Write("shop.json", WalkedShop.Settings());
        await shop.Publish();
        var row = (await shop.Tables.Published.Find("shop", "settings"))!;
        row["Told"] = false;
        await shop.Tables.Published.Upsert(row, Storage.UpdateMode.Replace);
        await shop.Restart();
        Assert.Equal(2, await shop.Ring());
        await shop.Walk();
        Assert.Equal(2, shop.Sent.Count);
    }

    [Fact]
    public async Task A_plan_that_stays_as_tight_holds_on_and_says_until_when()
    {
        var (shop, customer) = await Open(Capped);
        await using var __ = shop;
        shop.Write("shop.json", WalkedShop.Settings(Capped + " "));
        await shop.Publish();
        await shop.Ring();
        await shop.Walk();
        var walk = Assert.Single(await shop.Walks(customer));
        var midnight = shop.Clock.Now.AddHours(-12).AddDays(6);   // caps count days, not hours
        Assert.Equal((midnight, shop.Clock.Now.AddDays(1)), (walk.Walk.HeldUntil, walk.Until));
        for (var day = 0; day < 5; day++) await shop.Pass(TimeSpan.FromDays(1));
        Assert.Single(shop.Sent);
        await shop.Pass(TimeSpan.FromDays(1));
        Assert.Equal(2, shop.Sent.Count);
    }

    [Fact]
    public async Task Whoever_has_something_else_to_wait_for_is_left_alone()
    {
        var shop = await WalkedShop.Open(("mails/one.md", "---\nsubject: one\n---\n本文\n"), ("journeys/one.json", """
            { "name": "一通", "purpose": "marketing", "trigger": { "event": "order.placed" }, "steps": [ { "do": "wait",
              "for": "30 days" }, { "do": "send", "mail": "one" } ] }
            """));
        await using var _ = shop;
        await shop.Happens("order.placed", await shop.Customer("aoi@example.jp"), order: "demo:1");
        await shop.Walk();
        Assert.Empty((await shop.Can.Get<HeldWalks>().Page(null, default)).Walks);
    }

    [Fact]
    public async Task Many_are_let_go_page_by_page()
    {
        var (shop, _) = await Open(Quiet);
        await using var __ = shop;
        for (var n = 0; n < 700; n++)
            await shop.Happens("order.placed", await shop.Customer($"c{n}@example.jp"), order: $"demo:1{n}");
        await shop.Walk();
        Assert.Empty(shop.Sent);
        var (first, next) = await shop.Can.Get<HeldWalks>().Page(null, default);
        var (second, last) = await shop.Can.Get<HeldWalks>().Page(next, default);
        Assert.Equal(701, first.Concat(second).Distinct().Count());
        Assert.Null(last);
        Assert.InRange(first.Count, 1, 500);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_wait_that_a_provider_asked_for_does_not_outlive_it(bool restarted)
    {
        var (shop, customer) = await Open("");
        await using var __ = shop;
        shop.Answer = _ => new DeliveryResult.Busy(TimeSpan.FromMinutes(15), "429");
        var second = await shop.Customer("ren@example.jp");
        await shop.Happens("order.placed", second, order: "demo:2");
        await shop.Walk();
        shop.Answer = _ => new DeliveryResult.Accepted("p");
        shop.Sent.Clear();
        if (restarted)
        {
            await shop.Restart();
            await shop.Tables.AlarmQueue.Send(new AlarmMessage.Held(null).Write());
            await shop.Ring();
        }
        else
        {
            shop.Clock.Jump(TimeSpan.FromDays(-1));
            shop.Clock.Now += TimeSpan.FromMinutes(15);
            await shop.Can.Get<Marketing.Journeys.Sweep>().Run(default);
        }
        await shop.Walk();
        Assert.Equal(["one", "two"], shop.Sent.Select(message => message.Subject));
        Assert.Equal(2, (await shop.Sends(customer)).Count);
    }
}

using System.Text.Json;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;

namespace Automation.Functions.Tests.Journeys;

/// <summary>What starts journeys beside events of one kind, whom they are walked for, and what ends them.</summary>
public sealed class TriggeredTests
{
    private const string Settings = """
        , "events": ["subscription.due", "subscription.renewed", "parcel.delivered"],
        "eventData": { "subscription.due": { "subscription": "text" },
          "subscription.renewed": { "subscription": "text" } },
        "attributes": { "birthday": "date" }
        """;

    private static Task<WalkedShop> Open(string journey) => WalkedShop.Open(
        ("shop.json", WalkedShop.Settings(Settings)),
        ("mails/hello.md", "---\nsubject: こんにちは\npurpose: transactional\n---\n本文\n"),
        ("journeys/hello.json", $$"""{ "name": "挨拶", "purpose": "transactional", {{journey}} }"""));

    private static Customer Born(Customer customer, string day) => customer with
    {
        Attributes = new Dictionary<string, JsonElement> { ["birthday"] = JsonElement.Parse($"\"{day}\"") }
    };

    private const string Birthday = """
        "trigger": { "date": "customer.attributes.birthday", "yearly": true, "at": "10:00" },
        "steps": [ { "do": "send", "mail": "hello" } ]
        """;

    [Fact]
    public async Task A_birthday_is_kept_at_its_hour_once_however_many_nights_look_and_again_next_year()
    {
        await using var shop = await Open(Birthday);   // it is noon in Japan, 24 November
        var customer = await shop.Customer("aoi@example.jp");
        await shop.Change(customer, has => Born(has, "1990-11-25"));
        for (var night = 0; night < 2; night++)
        {
            await shop.Night();
            await shop.Walk();
        }
        Assert.Empty(shop.Sent);
        var walk = Assert.Single(await shop.Walks(customer));
        Assert.Equal(shop.Clock.Now.AddHours(22), walk.BeginsAt);
        await shop.Pass(TimeSpan.FromHours(22));
        Assert.Single(shop.Sent);
        walk = Assert.Single(await shop.Walks(customer));
        Assert.Equal(Outcome.Completed, walk.Outcome);
        Assert.Equal(shop.Clock.Now, walk.StartedAt);
        Assert.Null(walk.BeginsAt);
        for (var day = 0; day < 370; day++)
        {
            await shop.Pass(TimeSpan.FromDays(1));
            await shop.Night();
        }
        await shop.Walk();
        Assert.Equal(2, shop.Sent.Count);
    }

    [Fact]
    public async Task A_birthday_that_is_changed_after_the_night_is_not_kept_on_the_old_day()
    {
        await using var shop = await Open(Birthday);
        var customer = await shop.Customer("aoi@example.jp");
        await shop.Change(customer, has => Born(has, "1990-11-25"));
        await shop.Night();
        await shop.Walk();
        await shop.Change(customer, has => Born(has, "1990-12-25"));
        await shop.Pass(TimeSpan.FromHours(22));
        Assert.Empty(shop.Sent);
        Assert.Equal("its date is another by now", Assert.Single(await shop.Walks(customer)).Because);
    }

    [Fact]
    public async Task What_becomes_true_starts_once_each_time_and_not_for_whom_it_was_true_before()
    {
        await using var shop = await Open("""
            "trigger": { "becomes": { "customer.tags": "vip" } }, "reentry": "always",
            "steps": [ { "do": "send", "mail": "hello" } ]
            """);
        var (old, fresh) = (await shop.Customer("old@example.jp"), await shop.Customer("new@example.jp"));
        await shop.Change(old, has => has with { Tags = ["vip"] });
        await shop.Happens("customer.updated", old);
        await shop.Night();   // as everybody stands now, they stood
        await shop.Happens("customer.updated", old);
        await shop.Walk();
        Assert.Empty(shop.Sent);

        await shop.Change(fresh, has => has with { Tags = ["vip"] });
        for (var n = 0; n < 2; n++) await shop.Happens("customer.updated", fresh);
        await shop.Night();
        await shop.Walk();
        Assert.Single(shop.Sent);
        await shop.Change(fresh, has => has with { Tags = [] });
        await shop.Night();
        await shop.Change(fresh, has => has with { Tags = ["vip"] });
        await shop.Night();   // nothing happened, a night passed
        await shop.Walk();
        Assert.Equal(2, shop.Sent.Count);
        Assert.Equal(["became:hello:1", "became:hello:2"], (await shop.Walks(fresh)).Select(walk => walk.Trigger.Id));
        Assert.Empty(await shop.Walks(old));
    }

    [Fact]
    public async Task A_condition_that_was_changed_starts_nobody_of_whom_it_holds_already()
    {
        await using var shop = await Open("""
            "trigger": { "becomes": { "customer.tags": "vip" } }, "steps": [ { "do": "send", "mail": "hello" } ]
            """);
        var customer = await shop.Customer("aoi@example.jp");
        await shop.Change(customer, has => has with { Tags = ["friend"] });
        await shop.Night();
        shop.Write("journeys/hello.json", """
            { "name": "挨拶", "purpose": "transactional",
              "trigger": { "becomes": { "customer.tags": { "in": ["vip", "friend"] } } },
              "steps": [ { "do": "send", "mail": "hello" } ] }
            """);
        await shop.Publish();
        await shop.Happens("customer.updated", customer);
        for (var night = 0; night < 2; night++) await shop.Night();
        await shop.Happens("customer.updated", customer);
        Assert.Empty(await shop.Walks(customer));
    }

    [Fact]
    public async Task Two_subscriptions_of_one_customer_are_walked_side_by_side_and_do_not_end_each_other()
    {
        await using var shop = await Open("""
            "trigger": { "event": "subscription.due" }, "per": "event.subscription", "reentry": "always",
            "leaveOn": [ { "event": "subscription.renewed" } ],
            "steps": [ { "do": "wait", "for": "7 days" }, { "do": "send", "mail": "hello" } ]
            """);
        var customer = await shop.Customer("aoi@example.jp");
        await shop.Happens("subscription.due", customer, data: """{ "subscription": "A" }""");
        await shop.Happens("subscription.due", customer, data: """{ "subscription": "B" }""");
        await shop.Happens("subscription.due", customer, data: """{ "subscription": "A" }""");
        await shop.Happens("subscription.due", customer);
        await shop.Walk();
        Assert.Equal(2, (await shop.Walks(customer)).Count);
        await shop.Happens("subscription.renewed", customer, data: """{ "subscription": "A" }""");
        await shop.Walk();
        Assert.Equal([false, true], (await shop.Walks(customer)).Select(walk => walk.IsLive).Order());
        await shop.Pass(TimeSpan.FromDays(7));
        Assert.Single(shop.Sent);
        await shop.Happens("subscription.due", customer, data: """{ "subscription": "A" }""");
        Assert.Equal(3, (await shop.Walks(customer)).Count);
    }

    [Fact]
    public async Task A_condition_that_ends_the_journey_is_looked_at_whenever_something_happens()
    {
        await using var shop = await Open("""
            "trigger": { "event": "order.placed" }, "leaveWhen": { "customer.tags": "vip" },
            "steps": [ { "do": "wait", "for": "30 days" }, { "do": "send", "mail": "hello" } ]
            """);
        var customer = await shop.Customer("aoi@example.jp");
        await shop.Happens("order.placed", customer, order: "demo:1");
        await shop.Walk();
        await shop.Change(customer, has => has with { Tags = ["vip"] });
        await shop.Happens("customer.updated", customer);
        await shop.Walk();
        var walk = Assert.Single(await shop.Walks(customer));
        Assert.Equal(Outcome.Left, walk.Outcome);
        Assert.Equal("customer.tags contains vip", walk.Because);
    }

    [Fact]
    public async Task An_event_of_the_shops_own_that_names_its_order_is_news_of_that_order_alone()
    {
        await using var shop = await Open("""
            "trigger": { "event": "parcel.delivered" }, "per": "order", "leaveOn": [ { "event": "order.refunded" } ],
            "steps": [ { "do": "wait", "for": "10 days" }, { "do": "send", "mail": "hello" } ]
            """);
        var customer = await shop.Customer("aoi@example.jp");
        await shop.Happens("parcel.delivered", customer, order: "demo:1");
        await shop.Happens("parcel.delivered", customer, order: "demo:2");
        await shop.Walk();
        await shop.Happens("order.refunded", customer, order: "demo:2");
        await shop.Walk();
        Assert.Equal(
            [("order~demo=3A1", true), ("order~demo=3A2", false)],
            (await shop.Walks(customer)).Select(walk => (walk.Id.Key, walk.IsLive)));
        await shop.Pass(TimeSpan.FromDays(10));
        Assert.Single(shop.Sent);
    }

    [Theory]
    [InlineData("2026-11-24", "2026-12-25", 1)]
    [InlineData("2026-11-25", "2026-12-25", 0)]
    [InlineData("2026-11-01", "2026-11-23", 0)]
    public async Task A_journey_starts_people_only_while_it_is_active(string from, string until, int walks)
    {
        await using var shop = await Open($$"""
            "trigger": { "event": ["order.placed", "order.paid"] },
            "active": { "from": "{{from}}", "until": "{{until}}" },
            "steps": [ { "do": "send", "mail": "hello" } ]
            """);
        var customer = await shop.Customer("aoi@example.jp");
        await shop.Happens("order.paid", customer, order: "demo:1");
        Assert.Equal(walks, (await shop.Walks(customer)).Count);
    }

    [Theory]
    [InlineData("{{event.subscription}}", """{ "do": "send", "mail": "hello" }""", false)]
    [InlineData("{{event.subscription}}", """{ "do": "start", "journey": "second" }""", false)]
    [InlineData("{{default event.subscription \"x\"}}", """{ "do": "send", "mail": "hello" }""", true)]
    public async Task A_journey_that_tells_of_its_event_cannot_begin_by_hand(string said, string step, bool begins)
    {
        await using var shop = await WalkedShop.Open(
            ("shop.json", WalkedShop.Settings(Settings)),
            ("mails/hello.md", $"---\nsubject: こんにちは\npurpose: transactional\n---\n本文\n\n{said}\n"),
            ("journeys/hello.json", $$"""
                { "name": "挨拶", "purpose": "transactional", "trigger": { "event": "subscription.due" },
                  "steps": [ {{step}} ] }
                """),
            ("journeys/second.json", """
                { "name": "次", "purpose": "transactional", "trigger": { "event": "subscription.due" },
                  "steps": [ { "do": "send", "mail": "hello" } ] }
                """));
        var enrolled = await shop.Can.Get<EnrollmentByHand>().Begin(await shop.Customer("aoi@example.jp"), "hello");
        await shop.Walk();
        Assert.Equal(begins ? null : "only an event can start it", enrolled!.Because);
        Assert.Equal(begins ? 1 : 0, shop.Sent.Count);
    }
}

using Automation.Functions.Hosting;
using Automation.Functions.Http;
using Automation.Functions.Journeys;
using Automation.Marketing;
using Automation.Marketing.Journeys;
using Microsoft.AspNetCore.Http;

namespace Automation.Functions.Tests.Journeys;

/// <summary>Whoever waits has a moment in the near future, or a line in what somebody should look at.</summary>
public sealed class StuckTests
{
    private static readonly (string, string)[] Waiting =
    [
        ("mails/hello.md", "---\nsubject: こんにちは\npurpose: transactional\n---\n本文\n"),
        ("journeys/hello.json", """
            { "name": "挨拶", "purpose": "transactional", "trigger": { "event": "order.placed" }, "per": "order",
              "steps": [ { "do": "wait", "for": "2 days" }, { "do": "send", "mail": "hello" } ] }
            """),
    ];

    private static async Task<string> Post(WalkedShop shop, string what, string journey = "hello")
    {
        var request = new DefaultHttpContext().Request;
        var pause = new PauseJourney(
            new(shop.Can.Get<PublishedJourneys>(), shop.Can.Get<StuckWalks>(), shop.Tables),
            shop.Can.Get<PublishedJourneys>());
        var answer = await (what == "pause" ? pause.Pause(request, journey) : pause.Resume(request, journey));
        return answer.Result is Refusal refused ? $"{refused.Status}" : "200";
    }

    [Fact]
    public async Task A_walk_that_does_not_move_is_listed_by_its_id_until_it_moves_again()
    {
        await using var shop = await WalkedShop.Open(Waiting);
        var customer = await shop.Customer("aoi@example.jp");
        await shop.Happens("order.placed", customer, order: "demo:1");
        await shop.Walk();
        var walk = Assert.Single(await shop.Walks(customer));
        shop.Clock.Now += TimeSpan.FromDays(2) + TimeSpan.FromMinutes(59);
        await shop.Can.Get<Marketing.Journeys.Sweep>().Run(default);
        Assert.Empty(await shop.Attention("stuck"));
        shop.Clock.Now += TimeSpan.FromMinutes(2);
        for (var n = 0; n < 2; n++) await shop.Can.Get<Marketing.Journeys.Sweep>().Run(default);
        var row = Assert.Single(await shop.Attention("stuck"));
        Assert.Equal($"enrollment|{walk.Id}", row.RowKey);
        Assert.StartsWith("is due since 2026-11-26 12:00 at step 0 and does not move", row.GetString("Reason"));
        Assert.Equal(shop.Clock.Now, row.GetDateTimeOffset("At"));

        await shop.Walk();
        await shop.Can.Get<Marketing.Journeys.Sweep>().Run(default);
        Assert.Empty(await shop.Attention("stuck"));
    }

    [Fact]
    public async Task A_journey_that_starts_itself_again_does_so_year_after_year()
    {
        await using var shop = await WalkedShop.Open(("journeys/nth.json", """
            { "name": "n", "purpose": "transactional", "trigger": { "event": "order.placed" }, "reentry": "always",
              "steps": [ { "do": "wait", "until": { "field": "order.placedAt", "yearly": true, "missing": "leave" } },
                { "do": "start", "journey": "nth" } ] }
            """));
        var customer = await shop.Customer("aoi@example.jp");
        await shop.Happens("order.placed", customer, order: "demo:1");
        await shop.Walk();
        Assert.Equal("order.placedAt is not known", Assert.Single(await shop.Walks(customer)).Because);

        shop.Write("journeys/nth.json", """
            { "name": "n", "purpose": "transactional", "trigger": { "event": "order.paid" }, "reentry": "always",
              "steps": [ { "do": "wait", "until": { "field": "customer.createdAt", "yearly": true } },
                { "do": "start", "journey": "nth" } ] }
            """);
        await shop.Publish();
        await shop.Happens("order.paid", customer);
        await shop.Walk();
        for (var year = 0; year < 3; year++) await shop.Pass(TimeSpan.FromDays(366));
        Assert.Equal([false, false, false, false, true], (await shop.Walks(customer)).Select(walk => walk.IsLive));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_began_to_wait_while_the_clock_was_ahead_waits_from_when_it_is_right(bool restarted)
    {
        await using var shop = await WalkedShop.Open(Waiting);
        var customer = await shop.Customer("aoi@example.jp");
        shop.Clock.Jump(TimeSpan.FromDays(90));
        await shop.Happens("order.placed", customer, order: "demo:1");
        await shop.Walk();
        await shop.Can.Get<Marketing.Journeys.Sweep>().Run(default);
        shop.Clock.Jump(TimeSpan.FromDays(-90));
        if (restarted) await shop.Restart();
        await shop.Can.Get<Marketing.Journeys.Sweep>().Run(default);
        await shop.Walk();
        Assert.Equal(shop.Clock.Now.AddDays(2), Assert.Single(await shop.Walks(customer)).Until);
        await shop.Pass(TimeSpan.FromDays(2));
        Assert.Single(shop.Sent);
    }

    [Fact]
    public async Task What_fell_due_while_the_program_was_stopped_is_not_called_stuck_before_it_had_an_hour()
    {
        await using var shop = await WalkedShop.Open(Waiting);
        await shop.Happens("order.placed", await shop.Customer("aoi@example.jp"), order: "demo:1");
        await shop.Walk();
        shop.Clock.Now += TimeSpan.FromDays(5);
        await shop.Restart();
        await shop.Can.Get<Marketing.Journeys.Sweep>().Run(default);
        Assert.Empty(await shop.Attention("stuck"));
        shop.Clock.Now += TimeSpan.FromHours(1);
        await shop.Can.Get<Marketing.Journeys.Sweep>().Run(default);
        Assert.Single(await shop.Attention("stuck"));
    }

    [Fact]
    public async Task A_paused_journey_whose_file_is_gone_is_listed_and_can_be_let_go()
    {
        await using var shop = await WalkedShop.Open(Waiting);
        var customer = await shop.Customer("aoi@example.jp");
        await shop.Happens("order.placed", customer, order: "demo:1");
        await shop.Walk();
        Assert.Equal("200", await Post(shop, "pause"));
        File.Delete(Path.Combine(shop.Shop, "journeys", "hello.json"));
        await shop.Publish();
        for (var day = 0; day < 3; day++) await shop.Pass(TimeSpan.FromDays(1));
        await shop.Can.Get<Marketing.Journeys.Sweep>().Run(default);
        var row = Assert.Single(await shop.Attention("stuck"));
        Assert.Equal("journey|hello", row.RowKey);
        Assert.StartsWith(
            "is paused and its file is gone; 1 wait in it: POST /api/journeys/hello/resume", row.GetString("Reason"));

        await shop.Restart();
        Assert.Equal("200", await Post(shop, "resume"));
        Assert.Empty(await shop.Attention("stuck"));
        await shop.Pass(TimeSpan.FromDays(1));
        Assert.Single(shop.Sent);
        Assert.Equal(Outcome.Completed, Assert.Single(await shop.Walks(customer)).Outcome);
    }

    [Theory]
    [InlineData("nobody-has-heard-of-it")]
    [InlineData("../hello")]
    public async Task A_journey_that_never_was_is_not_found(string journey)
    {
        await using var shop = await WalkedShop.Open(Waiting);
        Assert.Equal("404", await Post(shop, "resume", journey));
    }
}

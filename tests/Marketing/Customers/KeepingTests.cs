using System.Text;
using Automation.Marketing.Choices;
using Automation.Marketing.Inbox;
using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;
using Automation.Marketing.Privacy;
using Automation.Marketing.Publishing;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;
using Automation.Marketing.Tests.Orders;
using Automation.Marketing.Time;
using Automation.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Tests.Customers;

public sealed class KeepingTests
{
    private static readonly CustomerId Somebody = new("aa0000000000000000000001");

    [Fact]
    public async Task What_was_kept_long_enough_goes_and_the_rest_stays()
    {
        await using var house = await House.Open();
        var now = house.Clock.Now;
        await Walk(house, "welcome", "0001", 1000);
        await Walk(house, "welcome", "0002", 900);
        await Walk(house, "thanks", "order~a", 900);
        await Walk(house, "thanks", "order~b", 100);
        await Walk(house, "alive", "order~c", null);
        await Send(house, "old", 800);
        await Send(house, "claimed", 800, SendState.Claimed);
        await Send(house, "young", 300);
        await Engagement(house, "g|old", now.AddDays(-400));
        await Engagement(house, "g|young", now.AddDays(-300));
        await house.Customers.Recognise(
            new Buyer { Email = "a@example.jp", Identities = [new("email", "a@example.jp")] }, "test", c => c);
        await Consent(house, 4000, ConsentState.Given);
        await Consent(house, 3000, ConsentState.Withdrawn);
        await Consent(house, 1000, ConsentState.Given);
        await house.Tables.Events.Add(new("x-00", "old") { { "At", now.AddDays(-31) } });
        await house.Tables.Events.Add(new("x-00", "young") { { "At", now.AddDays(-29) } });
        await Park(house, now.AddDays(-91));
        await Park(house, now.AddDays(-89));
        var (oldIssue, youngIssue) = (new IssueId("weekly", new(2023, 1, 4)), new IssueId("weekly", new(2026, 1, 7)));
        foreach (var issue in (IssueId[])[oldIssue, youngIssue])
        {
            await new IssueStore(house.Tables).Add(new Issue
            {
                Id = issue,
                State = IssueState.Sent,
                Slot = now,
                Counts = new() { Audience = 7, Sent = 7 }
            });
            await house.Tables.Sends.Add(new($"weekly|{issue.RowKey}|aa", Somebody.Value));
        }

        await Keep(house);
        await Keep(house);

        Assert.Equal(["c|given", "c|withdrawn", "e|alive|order~c", "e|thanks|order~b", "e|welcome|0002", "g|young",
            "s|claimed", "s|young"], await Kinds(house));
        Assert.Equal(["young"], await Rows(house.Tables.Events));
        Assert.Single(await new Parking(house.Tables).List().ToListAsync());
        Assert.Equal([Somebody.Value], await Rows(house.Tables.Sends));
        Assert.Equal(7, (await new IssueStore(house.Tables).Find(oldIssue))!.Value.Counts.Sent);
        Assert.Empty(await Rows(house.Tables.Attention, "sweep"));
    }

    [Fact]
    public async Task A_sweep_ends_the_erasure_that_was_cut_short()
    {
        await using var house = await House.Open();
        await house.Deliver("orders/create", Webhooks.Order("1001", 0));
        var id = (await house.Customer("shopify:7001")).Id;
        await Traces.Leave(house, id);
        house.Storage.Reset();
        house.Storage.KillAtWrite = 7;
        await Assert.ThrowsAsync<KilledException>(() => house.Get<Erasure>().Erase(id));
        house.Storage.Reset();
        await Keep(house);
        Assert.DoesNotContain(
            await Traces.Everything(house.Tables), text => text.Contains("hanako", StringComparison.OrdinalIgnoreCase));
        Assert.Empty(await Rows(house.Tables.Attention, "erasing"));
    }

    [Theory]
    [InlineData("\"consent\": \"2 years\"", "at least 3 years")]
    [InlineData("\"events\": \"3 days\"", "at least 7 days")]
    [InlineData("\"letters\": \"3 days\"", "letters")]
    public void A_retention_the_law_or_the_product_forbids_is_refused_with_its_place(string entry, string said)
    {
        var (shop, problems) = ShopReader.Read("shop.json", Encoding.UTF8.GetBytes($$"""
            { "name": "店", "postalAddress": "東京都", "contact": { "email": "a@shop.example" }, "timeZone": "Asia/Tokyo",
              "retention": { {{entry}} } }
            """));
        Assert.Null(shop);
        Assert.Contains(said, Assert.Single(problems).Message, StringComparison.Ordinal);
        Assert.Equal(2, problems[0].Line);
    }

    [Fact]
    public void Retention_reads_as_periods_and_the_rest_as_usual()
    {
        var (shop, _) = ShopReader.Read("shop.json", """
            { "name": "店", "postalAddress": "東京都", "contact": { "email": "a@shop.example" }, "timeZone": "Asia/Tokyo",
              "retention": { "sends": "3 years", "consent": "36 months" } }
            """u8);
        Assert.Equal(
            new Retention { Sends = new(3, PeriodUnit.Year), Consent = new(36, PeriodUnit.Month) }, shop!.Retention);
    }

    private static Task<int> Keep(House house) =>
        house.Container(services => services.AddKeyedSingleton(Clocks.Wall, TimeProvider.System))
            .GetRequiredService<RetentionSweep>().Run();

    private static Task<WriteResult> Walk(House house, string journey, string key, int? endedDaysAgo)
    {
        var trigger =
            new ShopEvent { Id = "x", Type = EventTypes.OrderPlaced, At = house.Clock.Now, Customer = Somebody };
        var walk = Enrollment.Begin(new(Somebody, journey, key), 1, trigger, null, house.Clock.Now.AddDays(-2000));
        return house.Tables.Timeline.Add((endedDaysAgo is { } days
            ? walk with { Outcome = Outcome.Completed, EndedAt = house.Clock.Now.AddDays(-days) } : walk).Entity());
    }

    private static Task<TransactionResult> Send(
        House house, string id, int daysAgo, SendState state = SendState.Accepted) =>
            house.Tables.Timeline.Submit([Ledger.Write(Traces.Send(new(Somebody, "welcome", "0001"),
                house.Clock.Now.AddDays(-daysAgo), state: state) with { Id = id }, null, null)]);

    private static Task<WriteResult> Engagement(House house, string key, DateTimeOffset at) =>
        house.Tables.Timeline.Add(new(
            Somebody.Value, key) { { "Doc", $$"""{"deliveredAt":"2020-01-01T00:00:00Z","clickedAt":"{{at:O}}"}""" } });

    private static Task<WriteResult> Consent(House house, int daysAgo, ConsentState state)
    {
        var at = house.Clock.Now.AddDays(-daysAgo);
        return house.Tables.Timeline.Add(Documents.Entity(
            Somebody.Value, $"c|{at.UtcDateTime:yyyyMMdd'T'HHmmssfffffff'Z'}|email",
            new ConsentRecord(state, at, "test"), CustomerJson.ConsentRecord));
    }

    private static Task Park(House house, DateTimeOffset at) => new Parking(house.Tables).Park(
        new Envelope { Source = "shopify", Topic = "x", ReceivedAt = at, Body = "{"u8.ToArray() }, "cut off");

    private static async Task<string[]> Kinds(House house) =>
        [.. (await house.Tables.Timeline.Query(new TableQuery { PartitionKey = Somebody.Value }).ToListAsync())
            .Select(row => row.RowKey.StartsWith("c|", StringComparison.Ordinal)
                ? $"c|{Documents.Read(row, CustomerJson.ConsentRecord).Value.State.ToString().ToLowerInvariant()}"
                : row.RowKey).Order(StringComparer.Ordinal)];

    private static async Task<string[]> Rows(Table table, string? partition = null) =>
        [.. (await table.Query(new TableQuery { PartitionKey = partition }).ToListAsync()).Select(row => row.RowKey)];
}

using System.Globalization;
using System.Text.Json.Nodes;
using Automation.Marketing.People;

namespace Automation.Functions.Tests.Simulation;

/// <summary>The webhooks of an order come at once, far apart and in any order: what the customer gets is the
/// same.</summary>
public sealed class SameMomentTests
{
    private static readonly string[] Whole = [
        "second-purchase/how-is-it", "second-purchase/next-for-you", "welcome/enjoy", "welcome/thank-you"
    ];

    [Fact]
    public async Task An_order_that_is_handed_over_as_it_is_placed_goes_on_after_its_waitFor()
    {
        await using var shop = await PlayedShop.Open();
        await shop.Deliver(
            EventTypes.OrderPlaced,
            Order("1", change: order => order["fulfilledAt"] = PlayedShop.Begin.ToString("O")),
            PlayedShop.Begin);
        await shop.Deliver(EventTypes.OrderPlaced, Order("2"), PlayedShop.Begin);
        await shop.Deliver(EventTypes.OrderFulfilled, new JsonObject { ["id"] = "2" }, PlayedShop.Begin);
        await shop.RunUntil(PlayedShop.Begin.AddDays(60));
        foreach (var id in (string[])["1", "2"])
        {
            var diary = await shop.Diary(Email(id));
            Assert.Contains(
                diary, line => line is { Text: "waited for order.fulfilled: yes" } && line.At == PlayedShop.Begin);
            Assert.Equal(Whole, Mails(shop.Mails(Email(id))));
        }
    }

    [Fact]
    public async Task An_order_that_was_refunded_before_anybody_knew_of_it_is_not_thanked_for()
    {
        await using var shop = await PlayedShop.Open();
        await shop.Deliver(EventTypes.OrderPlaced, Order("1", change: order =>
            order["refunds"] = Change("1", EventTypes.OrderRefunded)["refunds"]!.DeepClone()), PlayedShop.Begin);
        await shop.RunUntil(PlayedShop.Begin.AddDays(60));
        Assert.Equal(
            ["enrolled in welcome", "left: order.refunded"], (await shop.Diary(Email("1"))).Select(line => line.Text));
    }

    /// <summary>Everything that happened to the order happened at its true time; only the delivery differs. What went
    /// out before the shop told of a cancellation or refund went out; after it nothing does.</summary>
    [Fact]
    public async Task However_the_webhooks_of_an_order_are_spaced_and_ordered_the_mails_are_the_same()
    {
        await using var shop = await PlayedShop.Open();
        var random = new Random(20261103);
        var cases = Enumerable.Range(1, 60).Select(n => new Case($"{n}", random)).ToList();
        foreach (var (at, one, happened) in cases.SelectMany(one =>
            one.Arrivals.Select(happened => (happened.At, one, happened))).OrderBy(arrival => arrival.At))
        {
            await shop.RunUntil(PlayedShop.Begin + at);
            await shop.Deliver(happened.Type, happened.Order, PlayedShop.Begin);
        }
        await shop.RunUntil(PlayedShop.Begin.AddDays(70));
        foreach (var one in cases)
        {
            var diary = await shop.Diary(Email(one.Id));
            var mails = shop.Mails(Email(one.Id));
            Assert.True(one.End is not { } end ? Mails(mails).SequenceEqual(Whole)
                : mails.Count == 0 || !one.Known
                    && mails is [{ Mail: "welcome/thank-you", At: var at }]
                    && at <= PlayedShop.Begin + end,
                $"{one}\n{string.Join('\n', diary.Select(line => $"{line.At:MM-dd HH:mm:ss} {line.Text}"))}");
        }
        Assert.InRange(cases.Count(one => one.End is not null), 15, 45);
    }

    /// <summary>An order's life, and when each webhook of it arrives.</summary>
    private sealed class Case
    {
        public Case(string id, Random random)
        {
            Id = id;
            string[] life = [EventTypes.OrderPlaced, EventTypes.OrderPaid, EventTypes.OrderFulfilled, .. random.Next(
                4) switch { 0 => (string[])[EventTypes.OrderCancelled], 1 => [EventTypes.OrderRefunded], _ => [] }];
            TimeSpan[] spacings = [
                TimeSpan.Zero,
                TimeSpan.Zero,
                TimeSpan.FromSeconds(1),
                TimeSpan.FromMinutes(7),
                TimeSpan.FromHours(30),
                TimeSpan.FromDays(3)
            ];
            // What comes after three days is too old to begin anything.
            var latest = spacings[random.Next(spacings.Length)];
            Arrivals = [.. life.Select(type => (
                TimeSpan.FromTicks((long)(latest.Ticks * random.Next(3) / 2.0)),
                type,
                Change(id, type))).OrderBy(_ => random.Next())];
            var told = Arrivals
                .Where(arrival => arrival.Type is EventTypes.OrderCancelled or EventTypes.OrderRefunded)
                .ToList();
            if (told.Count == 0) return;
            var placed = Arrivals.ToList().FindIndex(arrival => arrival.Type == EventTypes.OrderPlaced);
            End = told[0].At > Arrivals[placed].At ? told[0].At : Arrivals[placed].At;
            Known = told[0].At < Arrivals[placed].At
                || told[0].At == Arrivals[placed].At && Arrivals.ToList().IndexOf(told[0]) < placed;
        }

        public string Id { get; }
        public IReadOnlyList<(TimeSpan At, string Type, JsonObject Order)> Arrivals { get; }

        /// <summary>When the shop knows of the order and that it came to nothing.</summary>
        public TimeSpan? End { get; }

        /// <summary>That it came to nothing was told before the order itself.</summary>
        public bool Known { get; }

        public override string ToString() =>
            $"order {Id}: "
            + $"{string.Join(", ", Arrivals.OrderBy(one => one.At).Select(one => $"{one.Type} after {one.At}"))}";
    }

    private static JsonObject Change(string id, string type) => type switch
    {
        EventTypes.OrderPlaced => Order(id),
        EventTypes.OrderRefunded =>
            new()
            {
                ["id"] = id,
                ["refunds"] = new JsonArray(new JsonObject
                {
                    ["id"] = "r",
                    ["at"] = PlayedShop.Begin.ToString("O"),
                    ["amount"] = 500
                })
            },
        _ => new() { ["id"] = id },
    };

    private static JsonObject Order(string id, Action<JsonObject>? change = null)
    {
        var order = new JsonObject
        {
            ["id"] = id,
            ["number"] = $"#{id}",
            ["currency"] = "JPY",
            ["total"] = 2860,
            ["lines"] = new JsonArray(new JsonObject
            {
                ["productId"] = "kohiki-yunomi",
                ["title"] = "粉引の湯のみ",
                ["quantity"] = 1,
                ["price"] = 2860
            }),
            ["customer"] = new JsonObject
            {
                ["id"] = $"c{id}",
                ["email"] = Email(id),
                ["familyName"] = "佐藤",
                ["acceptsMarketing"] = true
            },
        };
        change?.Invoke(order);
        return order;
    }

    private static string Email(string id) => string.Create(CultureInfo.InvariantCulture, $"customer{id}@example.jp");

    private static IEnumerable<string> Mails(IEnumerable<(DateTimeOffset At, string Mail)> sent) =>
        sent.Select(one => one.Mail).Order(StringComparer.Ordinal);
}

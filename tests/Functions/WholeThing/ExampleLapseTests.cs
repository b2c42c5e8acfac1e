using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Automation.Functions.Tests.WholeThing;

/// <summary>The journeys of docs/examples by the built program in time-lapse: signed webhooks in, mails out.</summary>
[Long(30)]
public sealed class ExampleLapseTests
{
    private const string Secret = "a-secret-of-the-examples";

    /// <summary>A day is a third of a second.</summary>
    private const string Rate = "259200";

    [Fact]
    public async Task Each_of_the_examples_writes_what_it_is_for_and_nothing_else()
    {
        var shop = Directory.CreateTempSubdirectory("shop-").FullName;
        ExampleShop.Write(shop);
        await using var product = new ProductProcess(new()
        {
            ["Shop:Folder"] = shop,
            ["Clock:Rate"] = Rate,
            ["Sources:till:Platform"] = "generic",
            ["Sources:till:Secret"] = Secret,
        });
        await product.Start();
        var now = DateTimeOffset.UtcNow;

        // The same tea every twenty days, three times: two tenths of the time are left after the parcel has gone.
        foreach (var (n, days) in ((int, int)[])[(1, 40), (2, 20), (3, 0)])
            await Order(product, "low", $"low-{n}", now.AddDays(-days));
        await Say(product, "order.fulfilled", "low-3", new() { ["id"] = "low-3" });
        await Order(product, "review", "review-1", now.AddDays(-2));
        await Say(product, "order.delivered", "review-1", new() { ["id"] = "review-1" });
        await Order(product, "birthday", "birthday-1", now.AddDays(-9), attributes: new()
        {
            ["birthday"] = now.AddDays(25).ToString("1990-MM-dd", CultureInfo.InvariantCulture),
        });
        await Say(product, "checkout.started", "cart", new()
        {
            ["id"] = "cart",
            ["total"] = 5456,
            ["currency"] = "JPY",
            ["customer"] = Customer("cart"),
        });
        await Order(product, "wish", "wish-1", now.AddDays(-9));
        await Order(product, "tea", "tea-1", now.AddDays(-9));
        foreach (var wanted in (string[])["kyusu", "yunomi"])
            await Own(product, "wish", "stock.wanted", "product", wanted);
        foreach (var tea in (string[])["煎茶", "ほうじ茶"])
            await Own(product, "tea", "subscription.due", "subscription", tea);
        // Who renews before the walk has begun gets no mail at all: that would be another story.
        await Mails(product, "tea", ["subscription-renewal/in-a-month", "subscription-renewal/in-a-month"]);
        await Own(product, "wish", "stock.back", "product", "yunomi");
        await Own(product, "tea", "subscription.renewed", "subscription", "煎茶");

        await Mails(product, "low", ["replenishment/running-low"]);
        await Mails(product, "review", ["review/how-was-it"]);
        // Of who is one already in the first night it is not known since when.
        await Order(product, "vip", "vip-1", at: null, total: 60_000);
        await Mails(product, "vip", ["vip/before-others", "vip/thank-you"]);
        await Say(product, "order.refunded", "vip-1", new() { ["id"] = "vip-1" });
        await product.Until(
            async () => (await product.List("/api/customers?email=vip@example.jp"))[0].GetProperty("tags")
                .GetArrayLength() == 0 ? "" : null, TimeSpan.FromSeconds(60), "the mark is taken off");
        await Mails(product, "birthday", ["birthday/with-best-wishes"]);
        await Mails(product, "cart", ["abandoned-checkout/still-here"]);
        await Mails(product, "wish", ["back-in-stock/it-is-back"]);
        await Mails(product, "tea", ["subscription-renewal/in-a-month", "subscription-renewal/in-a-month",
            "subscription-renewal/in-a-week"]);
        Assert.Empty(await product.List("/api/attention"));
    }

    private static Task Order(
        ProductProcess product, string who, string id, DateTimeOffset? at, int total = 1298,
        JsonObject? attributes = null) => Say(product, "order.placed", id, new()
        {
            ["id"] = id,
            ["number"] = $"#{id}",
            ["placedAt"] = at?.ToString("O"),
            ["currency"] = "JPY",
            ["total"] = total,
            ["lines"] = new JsonArray(new JsonObject
            {
                ["productId"] = "sencha",
                ["title"] = "深蒸し煎茶",
                ["quantity"] = 1,
                ["price"] = total,
            }),
            ["customer"] = Customer(who, attributes),
        }, at: at);

    private static JsonObject Customer(string who, JsonObject? attributes = null)
    {
        var customer = new JsonObject
        {
            ["id"] = who,
            ["email"] = $"{who}@example.jp",
            ["familyName"] = "佐藤",
            ["acceptsMarketing"] = true,
        };
        if (attributes is not null) customer["attributes"] = attributes;
        return customer;
    }

    private static Task Own(ProductProcess product, string who, string type, string name, string value) =>
        Say(product, type, $"{who}-{value}", new() { [name] = value }, $"email:{who}@example.jp");

    private static async Task Say(
        ProductProcess product, string type, string of, JsonObject data, string? subject = null,
        DateTimeOffset? at = null)
    {
        var said = new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = $"{type}-{of}",
            ["source"] = "till",
            ["type"] = type,
            ["data"] = data,
        };
        if (subject is not null) said["subject"] = subject;
        if (at is { } then) said["time"] = then.ToString("O");
        var body = Encoding.UTF8.GetBytes(said.ToJsonString());
        using var posted = new HttpRequestMessage(HttpMethod.Post, "/webhooks/orders/till")
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/cloudevents+json") } },
            Headers =
            {
                {
                    "X-Signature",
                    $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body))}"
                },
            },
        };
        using var answer = await product.Http.SendAsync(posted);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    /// <summary>Waits until somebody has got these mails, and has got no others.</summary>
    private static async Task Mails(ProductProcess product, string who, string[] expected)
    {
        string[] got = [];
        await product.Until(async () =>
        {
            if ((await product.List($"/api/customers?email={who}@example.jp")) is not [var found]) return null;
            got = [.. (await product.List($"/api/sends?customer={found.Text("id")}"))
                .Where(send => send.Text("state") == "accepted").Select(send => send.Text("mail"))
                .Order(StringComparer.Ordinal)];
            return got.Length >= expected.Length ? "" : null;
        }, TimeSpan.FromSeconds(90), $"{who} gets {string.Join(", ", expected)}");
        Assert.Equal(expected, got);
    }
}

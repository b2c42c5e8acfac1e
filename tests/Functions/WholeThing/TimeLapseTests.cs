using System.Text.Json.Nodes;
using Automation.Functions.Tests.Hosting;

namespace Automation.Functions.Tests.WholeThing;

[Long(60)]
public sealed class TimeLapseTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Months_pass_in_seconds_and_the_outbox_holds_exactly_the_expected_mails()
    {
        await using var product = new ProductProcess(new() { ["Clock:Rate"] = "432000" });   // five days a second
        await product.Start();
        var now = DateTimeOffset.UtcNow;

        // A first order, shipped: thanks, how to enjoy it, and the second purchase's two mails.
        await Post(product, ShopifyOrder.Created(1, now));
        await Sent(product, 1, "welcome/thank-you");
        await Post(product, ShopifyOrder.Created(1, now, topic: "orders/fulfilled", change: Shipped));

        // Two regulars who come every twenty days, the last time twenty days ago: late in ten days.
        foreach (var regular in (int[])[2, 3])
            foreach (var (visit, days) in ((int, int)[])[(0, 60), (1, 40), (2, 20)])
                await Post(product, ShopifyOrder.Created(
                    regular * 10 + visit, now.AddDays(-days), change: order => By(order, regular)));
        await Sent(product, 3, "win-back/how-are-you");
        await Post(product, ShopifyOrder.Created(39, DateTimeOffset.UtcNow, change: order => By(order, 3)));

        await Sent(product, 1, "second-purchase/next-for-you");
        await Sent(product, 2, "win-back/until-then");
        Assert.Equal(["second-purchase/how-is-it", "second-purchase/next-for-you", "welcome/enjoy",
            "welcome/thank-you"], await Mails(product, 1));
        Assert.Equal(["win-back/how-are-you", "win-back/one-for-you", "win-back/until-then"], await Mails(product, 2));
        Assert.Equal(["win-back/how-are-you"], await Mails(product, 3));
        var letters = Letters.In(product.Outbox).Select(letter => (To: $"{letter.To}", Mail: letter.Mail())).ToList();
        // Newsletters go out beside them, each once, and the shop is warned of weeks nobody has written for.
        Assert.Equal(8, letters.Count(letter => letter.To.Contains("customer", StringComparison.Ordinal)
            && !letter.Mail.Contains("weekly/", StringComparison.Ordinal)));
        Assert.Distinct(letters.Where(letter => letter.To.Contains("customer", StringComparison.Ordinal)));
    }

    private static void Shipped(JsonObject order)
    {
        order["fulfillment_status"] = "fulfilled";
        order["updated_at"] = DateTimeOffset.UtcNow.AddSeconds(1).ToString("O");
        order["fulfillments"] = new JsonArray(new JsonObject
        {
            ["id"] = 1,
            ["status"] = "success",
            ["created_at"] = DateTimeOffset.UtcNow.ToString("O"),
            ["line_items"] = new JsonArray(
                new JsonObject { ["id"] = order["line_items"]![0]!["id"]!.DeepClone(), ["quantity"] = 1 }),
        });
    }

    private static void By(JsonObject order, int customer)
    {
        order["email"] = $"customer{customer}@example.jp";
        order["customer"]!["id"] = 7_000_000_000 + customer;
        order["customer"]!["email"] = $"customer{customer}@example.jp";
    }

    private static async Task Post(ProductProcess product, HttpRequestMessage webhook)
    {
        using var answer = await product.Http.SendAsync(webhook);
        Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.StatusCode);
    }

    private static Task<string> Sent(ProductProcess product, int customer, string mail) =>
        product.Until(async () => (await Mails(product, customer)).Contains(mail) ? mail : null, Patience,
            $"{mail} is sent to customer {customer}");

    private static async Task<string[]> Mails(ProductProcess product, int customer)
    {
        if ((await product.List($"/api/customers?email=customer{customer}@example.jp")) is not [var found]) return [];
        var sends = await product.List($"/api/sends?customer={found.Text("id")}");
        return [.. sends.Where(send => send.Text("state") == "accepted").Select(send => send.Text("mail"))
            .Order(StringComparer.Ordinal)];
    }
}

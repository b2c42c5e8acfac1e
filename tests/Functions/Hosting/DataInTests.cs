using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Automation.Marketing;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Storage;

namespace Automation.Functions.Tests.Hosting;

/// <summary>What other systems tell, in at the door and understood.</summary>
public sealed class DataInTests(RunningShop shop) : IClassFixture<RunningShop>
{
    [Fact]
    public async Task A_checkout_is_taken_in_and_is_looked_at_when_it_is_due()
    {
        using var answer = await shop.Http.SendAsync(RunningShop.Shopify(
            """
            {"id":7100,"token":"t","email":"left@example.jp","created_at":"2026-11-03T09:00:00+09:00",
             "updated_at":"2026-11-03T09:00:00+09:00","completed_at":null,"currency":"JPY","total_price":"1296",
             "abandoned_checkout_url":"https://shop.example/c/7100","line_items":[]}
            """u8.ToArray(), "checkouts/create"));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await shop.Idle();

        var due = await shop.Product.Get<Tables>().Events.Query(TableQuery.Prefix("checkouts", "d|")).ToListAsync();
        Assert.EndsWith("|shopify|7100", Assert.Single(due).RowKey, StringComparison.Ordinal);
        using var found = await shop.Api(HttpMethod.Get, "/api/customers?email=left@example.jp");
        Assert.Contains("\"orders\":{\"count\":0", await found.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await shop.Product.Get<Checkouts>().Run(CancellationToken.None));
    }

    [Fact]
    public async Task A_webhook_in_binary_mode_is_an_order_when_all_of_it_is_signed()
    {
        const string Body = """{"id":"7200","total":100,"currency":"JPY","customer":{"email":"binary@example.jp"}}""";
        using var accepted = await shop.Http.SendAsync(Binary(
            "/webhooks/orders/generic", Body, "7200-placed\nkanri\norder.placed\n2026-11-03T09:00:00Z\n\n"));
        using var unsigned = await shop.Http.SendAsync(Binary("/webhooks/orders/generic", Body, ""));
        await shop.Idle();

        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, unsigned.StatusCode);
        Assert.Equal(100, (await shop.Product.Get<OrderStore>().Find("generic", "7200"))!.Value.Total);
    }

    [Fact]
    public async Task An_event_in_binary_mode_is_told_like_any_other()
    {
        await shop.Customer("told@example.jp", "7300");
        using var request = Binary("/api/events", """{"familyName":"鈴木","email":"told@example.jp"}""", "");
        request.Headers.Remove("ce-type");
        request.Headers.Add("ce-type", EventTypes.CustomerUpdated);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", RunningShop.Key);
        using var answer = await shop.Http.SendAsync(request);
        await shop.Idle();

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        using var found = await shop.Api(HttpMethod.Get, "/api/customers?email=told@example.jp");
        using var json = JsonDocument.Parse(await found.Content.ReadAsStringAsync());
        Assert.Equal("鈴木", json.RootElement.GetProperty("items")[0].GetProperty("familyName").GetString());
    }

    private static HttpRequestMessage Binary(string path, string body, string signed) => new(HttpMethod.Post, path)
    {
        Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body))
        {
            Headers = { ContentType = new("application/json") },
        },
        Headers =
        {
            { "ce-specversion", "1.0" },
            { "ce-id", "7200-placed" },
            { "ce-source", "kanri" },
            { "ce-type", "order.placed" },
            { "ce-time", "2026-11-03T09:00:00Z" },
            { "X-Signature", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(
                Encoding.UTF8.GetBytes(RunningShop.Secret), Encoding.UTF8.GetBytes(signed + body))) },
        },
    };
}

using System.Net;
using System.Text;
using System.Text.Json;
using Automation.Marketing;
using Automation.Marketing.Customers;
using Automation.Marketing.Orders;

namespace Automation.Functions.Tests.Hosting;

/// <summary>A shop whose secret is wrong is told so, wherever it looks.</summary>
public sealed class RefusalTests(RunningShop shop) : IClassFixture<RunningShop>
{
    [Fact]
    public async Task A_wrong_webhook_secret_is_said_in_attention_and_health()
    {
        for (var n = 0; n < 25; n++) await Post(
            RunningShop.Shopify(Encoding.UTF8.GetBytes($$"""{"id":{{n}}}"""), secret: "another-secret-than-ours"),
            HttpStatusCode.Unauthorized);
        var unsigned = RunningShop.Generic("[]"u8.ToArray());
        unsigned.Headers.Remove("X-Signature");
        await Post(unsigned, HttpStatusCode.Unauthorized);

        using var health = JsonDocument.Parse(await shop.Http.GetStringAsync("/health/ready"));
        var refused = health.RootElement.GetProperty("refused").EnumerateArray().ToList();
        var wrong = Assert.Single(refused, one => one.GetProperty("source").GetString() == "shopify");
        Assert.Equal(25, wrong.GetProperty("count").GetInt64());
        Assert.Contains(
            "X-Shopify-Hmac-Sha256 does not match: Sources:shopify:Secret",
            wrong.GetProperty("reason").GetString(),
            StringComparison.Ordinal);
        Assert.Contains(refused, one => one.GetProperty("reason").GetString() == "there was no X-Signature");

        using var attention = JsonDocument.Parse(await (await shop.Api(HttpMethod.Get,
            "/api/attention?kind=refused")).Content.ReadAsStringAsync());
        Assert.Contains(attention.RootElement.GetProperty("items").EnumerateArray(), item => item.GetProperty(
            "reason").GetString()!.Contains("source shopify: 1 refused since", StringComparison.Ordinal));
        Assert.DoesNotContain("another-secret", attention.RootElement.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_captured_webhook_that_comes_again_as_something_else_is_refused()
    {
        var gone = """{"id":25}"""u8.ToArray();
        await Post(Woo(gone, "customer.deleted"), HttpStatusCode.Accepted);
        await Post(Woo(gone, "customer.deleted"), HttpStatusCode.Accepted);
        await Post(Woo(gone, "order.deleted"), HttpStatusCode.BadRequest);
        await shop.Idle();
        Assert.Null(await new OrderStore(shop.Product.Get<Tables>()).Find("woo", "25"));

        var order =
            """
            {"id":77001,"name":"#7","email":"seven@example.jp","created_at":"2026-11-03T09:00:00+09:00",
             "updated_at":"2026-11-03T09:00:00+09:00","currency":"JPY","total_price":"1","line_items":[]}
            """u8.ToArray();
        await Post(RunningShop.Shopify(order), HttpStatusCode.Accepted);
        await Post(RunningShop.Shopify(order, "orders/paid"), HttpStatusCode.Accepted);
        await Post(RunningShop.Shopify(order, "customers/redact"), HttpStatusCode.BadRequest);
        await shop.Idle();
        Assert.NotNull(await shop.Product.Get<CustomerStore>().FindByIdentity(new("email", "seven@example.jp")));
    }

    private static HttpRequestMessage Woo(byte[] body, string topic) => new(HttpMethod.Post, "/webhooks/orders/woo")
    {
        Content = new ByteArrayContent(body),
        Headers =
        {
            { "X-WC-Webhook-Topic", topic },
            { "X-WC-Webhook-Signature", Convert.ToBase64String(System.Security.Cryptography.HMACSHA256.HashData(
                Encoding.UTF8.GetBytes(RunningShop.Secret), body)) },
        },
    };

    private async Task Post(HttpRequestMessage request, HttpStatusCode expected)
    {
        using var answer = await shop.Http.SendAsync(request);
        Assert.Equal(expected, answer.StatusCode);
    }
}

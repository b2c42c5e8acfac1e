using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Automation.Functions.Tests.WholeThing;

/// <summary>Signed Shopify webhooks of orders that never were.</summary>
internal static class ShopifyOrder
{
    /// <summary>A new order of a customer of their own, <paramref name="n"/> for both.</summary>
    public static HttpRequestMessage Created(int n, DateTimeOffset at, bool consent = true,
        string topic = "orders/create", Action<JsonObject>? change = null)
    {
        var order = new JsonObject
        {
            ["id"] = 5_000_000_000_000_000_000 + n,
            ["name"] = $"#{1000 + n}",
            ["email"] = $"customer{n}@example.jp",
            ["created_at"] = at.ToString("O"),
            ["updated_at"] = at.ToString("O"),
            ["currency"] = "JPY",
            ["total_price"] = "5800",
            ["current_total_price"] = "5800",
            ["financial_status"] = "paid",
            ["buyer_accepts_marketing"] = consent,
            ["customer_locale"] = "ja-JP",
            ["source_name"] = "web",
            ["customer"] = new JsonObject
            {
                ["id"] = 7_000_000_000 + n,
                ["email"] = $"customer{n}@example.jp",
                ["last_name"] = "佐藤",
                ["first_name"] = $"花子{n}"
            },
            ["line_items"] = new JsonArray(new JsonObject
            {
                ["id"] = 9_000_000_000 + n,
                ["product_id"] = 101,
                ["title"] = "深蒸し煎茶",
                ["quantity"] = 1,
                ["price"] = "5800",
            }),
        };
        change?.Invoke(order);
        return Signed(topic, Encoding.UTF8.GetBytes(order.ToJsonString()), $"event-{n}-{topic}");
    }

    public static HttpRequestMessage Signed(
        string topic, byte[] body, string eventId, string secret = "hush-hush-hush-hush")
    {
        var request = new HttpRequestMessage(
            HttpMethod.Post, "/webhooks/orders/demo")
        { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-Shopify-Topic", topic);
        request.Headers.Add(
            "X-Shopify-Hmac-Sha256", Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body)));
        request.Headers.Add("X-Shopify-Shop-Domain", "demo-shop.myshopify.com");
        request.Headers.Add("X-Shopify-Event-Id", eventId);
        request.Headers.Add("X-Shopify-Webhook-Id", $"{eventId}-1");
        request.Headers.Add("X-Shopify-Triggered-At", "2026-11-01T00:00:00Z");
        return request;
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Automation.Benchmarks;

/// <summary>Signed Shopify orders of 6 KB as raw HTTP requests; every one another order of another customer.</summary>
internal sealed class Orders(string host, string path)
{
    public const string Secret = "bench-secret-of-its-own";

    /// <summary>The sample was placed some day; an order of today starts journeys.</summary>
    private static readonly string Template = File.ReadAllText(Path.Combine(
        AppContext.BaseDirectory, "fixtures", "order.json")).Trim()
        .Replace("2026-11-01T11:00:00-05:00", DateTimeOffset.UtcNow.ToOffset(TimeSpan.FromHours(-5)).ToString(
            "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));

    private static readonly byte[] Key = Encoding.UTF8.GetBytes(Secret);
    private long next = DateTime.UtcNow.Ticks / 10_000 % 1_000_000_000 * 1_000;

    /// <summary>The next request, whole: head and body; and the customer's number in it.</summary>
    public (byte[] Request, long Customer) Next()
    {
        var n = Interlocked.Increment(ref next);
        var number = n.ToString("D12", CultureInfo.InvariantCulture);
        var body = Encoding.UTF8.GetBytes(Template.Replace("{{OID}}", "9" + number).Replace("{{CID}}", number));
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Key, body));
        var head = Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nX-Shopify-Topic: "
            + $"orders/create\r\n" +
            $"X-Shopify-Shop-Domain: bench.myshopify.com\r\nX-Shopify-API-Version: 2025-07\r\nX-Shopify-Event-Id: "
            + $"e{number}\r\nX-Shopify-Webhook-Id: w{number}\r\n" +
            $"X-Shopify-Triggered-At: 2026-11-01T16:00:00Z\r\nX-Shopify-Hmac-Sha256: {signature}\r\nContent-Length: "
            + $"{body.Length}\r\n\r\n");
        return ([.. head, .. body], n);
    }
}

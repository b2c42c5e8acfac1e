using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Automation.Functions.Tests.WholeThing;

namespace Automation.Functions.Tests.Hosting;

/// <summary>The signature of a generated request.</summary>
internal static class AnySignature
{
    /// <summary>Most are signed as their source signs; some wrongly, some not at all.</summary>
    public static void Add(
        Random random, string function, string path, List<(string, string)> headers, byte[] body)
    {
        var kind = random.Next(10);
        if (kind == 0) return;
        var key = Encoding.UTF8.GetBytes(kind == 1 ? "wrong" : RunningShop.Secret);
        if (function == "SendGridWebhook")
        {
            foreach (var header in SendGridPost.Signed(kind == 1 ? [0, .. body] : body).Headers)
                headers.Add((header.Key, header.Value.First()));
        }
        else if (function != "OrderWebhook")
        {
            return;
        }
        else if (path.Contains("/shopify", StringComparison.Ordinal))
        {
            headers.Add(("X-Shopify-Topic", AnyRequest.Pick(
                random, "orders/create", "orders/updated", "orders/cancelled", "refunds/create", "fulfillments/create",
                "customers/update", "customers/redact", "shop/redact", "customers/data_request", "x/y", "\u00e9")));
            headers.Add(("X-Shopify-Hmac-Sha256", Convert.ToBase64String(HMACSHA256.HashData(key, body))));
            if (random.Next(2) == 0)
                headers.Add(("X-Shopify-Shop-Domain", AnyRequest.Pick(random, "x.myshopify.com", "", "\u00ff")));
            if (random.Next(2) == 0)
                headers.Add(("X-Shopify-Webhook-Id", random.Next(100).ToString(CultureInfo.InvariantCulture)));
            if (random.Next(2) == 0)
                headers.Add(("X-Shopify-Triggered-At", AnyRequest.Pick(
                    random, "2026-11-03T09:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01", "x")));
        }
        else if (path.Contains("/woo", StringComparison.Ordinal))
        {
            headers.Add(("X-WC-Webhook-Topic", AnyRequest.Pick(
                random, "order.created", "order.updated", "order.deleted", "customer.created", "action.x", "")));
            headers.Add(("X-WC-Webhook-Signature", Convert.ToBase64String(HMACSHA256.HashData(key, body))));
        }
        else
        {
            headers.Add(("X-Signature", $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(key, body))}"));
        }
    }
}

using System.Security.Cryptography;
using System.Text;

namespace Automation.Marketing.Intake;

/// <summary>A webhook that means nothing and is signed as the source's platform signs: whoever posts it to the source's
/// address learns whether one would arrive.</summary>
public static class TestWebhook
{
    /// <summary>Says of a generic source's webhook that it is only a test.</summary>
    public const string Header = "X-Webhook-Test";

    private const string Body = """{"test":true}""";

    /// <summary>The request, with its headers and its body.</summary>
    public static HttpRequestMessage To(Uri address, SourceSettings source)
    {
        var body = Encoding.UTF8.GetBytes(Body);
        var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } },
        };
        var signature = HMACSHA256.HashData(source.Secret, body);
        request.Headers.Add(
            WebhookVerifier.SignatureHeader(source.Platform),
            source.Platform is Platform.Generic
                ? $"sha256={Convert.ToHexStringLower(signature)}" : Convert.ToBase64String(signature));
        // Topics that exist and that nobody here listens for.
        if (source.Platform is Platform.Shopify) request.Headers.Add("X-Shopify-Topic", "app/scopes_update");
        else if (source.Platform is Platform.WooCommerce) request.Headers.Add("X-WC-Webhook-Topic", "action.test");
        else request.Headers.Add(Header, "true");
        return request;
    }
}

using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Automation.Marketing.Engagement;

namespace Automation.Functions.Tests.WholeThing;

/// <summary>Batches of events as SendGrid posts and signs them, with a key of these tests.</summary>
internal static class SendGridPost
{
    private static readonly ECDsa Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>For <c>SendGrid:WebhookPublicKey</c>.</summary>
    public static readonly string PublicKey = Convert.ToBase64String(Key.ExportSubjectPublicKeyInfo());

    public static JsonObject Event(
        string kind, string? sendId, DateTimeOffset at, string? address = null, Action<JsonObject>? more = null)
    {
        var happened = new JsonObject
        {
            ["email"] = address,
            ["timestamp"] = at.ToUnixTimeSeconds(),
            ["event"] = kind,
            ["sg_event_id"] = Guid.NewGuid().ToString("N"),
            ["sg_message_id"] = "14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0",
        };
        if (sendId is not null) happened["send_id"] = sendId;
        more?.Invoke(happened);
        return happened;
    }

    /// <summary>Compact, joined and ended as SendGrid does it.</summary>
    public static byte[] Batch(params IEnumerable<JsonObject> events) =>
        Encoding.UTF8.GetBytes($"[{string.Join(",\r\n", events.Select(happened => happened.ToJsonString()))}]\r\n");

    public static HttpRequestMessage Signed(byte[] body)
    {
        var timestamp = DateTimeOffset.UtcNow.ToUnixTimeSeconds()
            .ToString(System.Globalization.CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/sendgrid")
        {
            Content =
                new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } }
        };
        request.Headers.Add(SendGridSignature.TimestampHeader, timestamp);
        request.Headers.Add(SendGridSignature.SignatureHeader, Convert.ToBase64String(
            Key.SignData([.. Encoding.UTF8.GetBytes(timestamp), .. body], HashAlgorithmName.SHA256,
                DSASignatureFormat.Rfc3279DerSequence)));
        return request;
    }
}

using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Automation.Marketing.Inbox;

namespace Automation.Marketing.Intake;

/// <summary>What the door says to a webhook.</summary>
public abstract record Verification
{
    /// <summary>Genuine: make it durable (<see cref="Envelopes.Put"/>), then 202.</summary>
    public sealed record Accepted(Envelope Envelope) : Verification
    {
        /// <summary>The first half of the signature that was right: as good as a hash of the body to know it
        /// again.</summary>
        public UInt128 Signature { get; init; }
    }

    /// <summary>WooCommerce asks whether somebody is there: exactly 200, nothing to do.</summary>
    public sealed record Ping : Verification;

    /// <summary>Genuine, but nothing we listen for: 2xx, nothing stored.</summary>
    public sealed record Ignored(string Reason) : Verification;

    /// <summary>401, without detail.</summary>
    /// <param name="Why">For the operator: <c>X-Signature does not match Sources:shop:Secret</c>.</param>
    public sealed record BadSignature(string Why) : Verification;

    /// <summary>400.</summary>
    public sealed record Malformed(string Reason) : Verification;

    private Verification() { }
}

/// <summary>Is this webhook what it says it is? The signature is checked over the raw bytes, in constant time, before
/// anything is read. A body that is signed but unreadable is accepted: platforms delete hooks that fail; intake parks
/// it.</summary>
public static class WebhookVerifier
{
    private static readonly Verification Pinged = new Verification.Ping();
    private static readonly Verification NoTopic = new Verification.Malformed("no topic header");

    /// <param name="header">A header's value by name, any case; null where it is not there.</param>
    public static Verification Check(SourceSettings source, Func<string, string?> header, ReadOnlyMemory<byte> body,
        DateTimeOffset now) => source.Platform switch
        {
            Platform.Shopify => Shopify(source, header, body, now),
            Platform.WooCommerce => WooCommerce(source, header, body, now),
            _ => Generic(source, header, body, now),
        };

    /// <summary>The header a source's signature comes in.</summary>
    public static string SignatureHeader(Platform platform) => platform switch
    {
        Platform.Shopify => "X-Shopify-Hmac-Sha256",
        Platform.WooCommerce => "X-WC-Webhook-Signature",
        _ => "X-Signature",
    };

    private static Verification Shopify(
        SourceSettings source, Func<string, string?> header, ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        if (!IsSigned(source, body.Span, Either("hmac-sha256"), out var signature))
            return Unsigned(source, Either("hmac-sha256"));
        if (Either("topic") is not { Length: > 0 } topic) return NoTopic;
        if (!ShopifyDialect.Knows(topic)) return new Verification.Ignored($"topic {topic}");
        if (!source.TakeTests && string.Equals(Either("test"), "true", StringComparison.OrdinalIgnoreCase))
            return new Verification.Ignored("test");
        return new Verification.Accepted(new Envelope
        {
            Source = source.Name,
            Topic = topic,
            Delivery = Either("event-id") ?? Either("webhook-id"),
            TriggeredAt = DateTimeOffset.TryParse(Either("triggered-at"), CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal, out var at) ? at.ToUniversalTime() : null,
            ReceivedAt = now,
            Body = body,
        })
        {
            Signature = signature,
        };

        // Shopify's libraries read the new names first, then the old ones (shopify-api-ruby, 2026).
        string? Either(string name) => header($"shopify-{name}") ?? header($"x-shopify-{name}");
    }

    private static Verification WooCommerce(
        SourceSettings source, Func<string, string?> header, ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        var said = header("x-wc-webhook-signature");
        if (said is null && IsPing(body.Span)) return Pinged;
        if (!IsSigned(source, body.Span, said, out var signature)) return Unsigned(source, said);
        if (header("x-wc-webhook-topic") is not { Length: > 0 } topic) return NoTopic;
        if (!WooCommerceDialect.Knows(topic)) return new Verification.Ignored($"topic {topic}");
        return new Verification.Accepted(new Envelope
        {
            Source = source.Name,
            Topic = topic,
            Delivery = header("x-wc-webhook-delivery-id"),
            ReceivedAt = now,
            Body = body
        })
        {
            Signature = signature,
        };
    }

    private static Verification Generic(
        SourceSettings source, Func<string, string?> header, ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        const string Scheme = "sha256=";
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var binary = BinaryEvent.Of(header);
        if (header("x-signature") is not { Length: 7 + 64 } signature
            || !signature.StartsWith(Scheme, StringComparison.Ordinal)
            || Convert.FromHexString(
                signature.AsSpan(Scheme.Length), expected, out _, out _) != System.Buffers.OperationStatus.Done
            || !IsSigned(source, binary is null ? body.Span : binary.Signed(body.Span), expected))
            return Unsigned(source, header("x-signature"));
        if (header(TestWebhook.Header) == "true") return new Verification.Ignored("test");
        return new Verification.Accepted(
            new Envelope
            {
                Source = source.Name,
                Topic = GenericDialect.Topic,
                ReceivedAt = now,
                Body = binary is null ? body : binary.Structured(body.Span),
            });
    }

    private static Verification.BadSignature Unsigned(SourceSettings source, string? signature) => new(signature is null
        ? $"there was no {SignatureHeader(source.Platform)}"
        : $"{SignatureHeader(source.Platform)} does not match: Sources:{source.Name}:Secret is not the secret that "
            + $"the platform signs with, or somebody else posts");

    /// <summary>What WooCommerce posts when a webhook is saved: <c>webhook_id=12</c>, unsigned (class-wc-webhook.php,
    /// deliver_ping).</summary>
    private static bool IsPing(ReadOnlySpan<byte> body) =>
        body.StartsWith("webhook_id="u8) && body.Length is > 11 and <= 30
        && !body[11..].ContainsAnyExceptInRange((byte)'0', (byte)'9');

    private static bool IsSigned(
        SourceSettings source, ReadOnlySpan<byte> body, string? base64, out UInt128 signature)
    {
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var isSigned = base64 is { Length: 44 } && Convert.TryFromBase64String(base64, expected, out var length)
            && length == expected.Length
            && IsSigned(source, body, expected);
        signature = isSigned ? BinaryPrimitives.ReadUInt128BigEndian(expected) : default;
        return isSigned;
    }

    private static bool IsSigned(SourceSettings source, ReadOnlySpan<byte> body, ReadOnlySpan<byte> expected) =>
        Matches(source.Secret, body, expected)
        || source.PreviousSecret is { } previous && Matches(previous, body, expected);

    private static bool Matches(byte[] secret, ReadOnlySpan<byte> body, ReadOnlySpan<byte> expected)
    {
        Span<byte> actual = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, body, actual);
        return CryptographicOperations.FixedTimeEquals(actual, expected);
    }
}

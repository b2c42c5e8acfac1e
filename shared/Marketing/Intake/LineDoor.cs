using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Automation.Marketing.Files;
using Automation.Marketing.Inbox;

namespace Automation.Marketing.Intake;

/// <summary>The doorman of one LINE channel: is this webhook LINE's? <c>x-line-signature</c> is base64 of the
/// HMAC-SHA256 of the raw body, keyed with the channel secret as UTF-8 (Messaging API, "Verify webhook
/// signature").</summary>
/// <param name="channel">Its name, the last part of the webhook's address.</param>
/// <param name="secret">The channel secret, as LINE's console shows it.</param>
public sealed class LineDoor(string channel, string secret)
{
    public const string SignatureHeader = "x-line-signature";

    /// <summary>What its envelopes say they are.</summary>
    public const string Topic = "line";

    /// <summary>No source is called so: a source's name has no colon.</summary>
    private const string Prefix = "line:";

    private readonly byte[] key = Encoding.UTF8.GetBytes(secret);

    public string Channel => channel;

    /// <summary>The source of its envelopes.</summary>
    public string Source => Prefix + channel;

    /// <summary>Is it an envelope of a LINE channel, this one or one that was configured once?</summary>
    public static bool IsLine(string source) => source.StartsWith(Prefix, StringComparison.Ordinal);

    /// <param name="signature">The header's value; null: it is not there.</param>
    /// <param name="body">The raw bytes.</param>
    public bool IsGenuine(string? signature, ReadOnlySpan<byte> body)
    {
        Span<byte> told = stackalloc byte[HMACSHA256.HashSizeInBytes], made = stackalloc byte[told.Length];
        if (signature is not { Length: > 0 and <= 100 }
            || !Convert.TryFromBase64String(signature, told, out var length) || length != told.Length) return false;
        HMACSHA256.HashData(key, body, made);
        return CryptographicOperations.FixedTimeEquals(told, made);
    }

    /// <summary>What the door says: a genuine webhook without events is LINE's connection check.</summary>
    public Verification Check(string? signature, ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        if (!IsGenuine(signature, body.Span))
            return new Verification.BadSignature(signature is { Length: > 0 }
                ? $"{SignatureHeader} does not match Line:{channel}:Secret"
                : $"{SignatureHeader} is missing");
        return IsEmpty(body)
            ? new Verification.Ping()
            : new Verification.Accepted(
                new Envelope { Source = Source, Topic = Topic, ReceivedAt = now, Body = body });
    }

    /// <summary>What is signed and no JSON is not empty: it is kept and looked at.</summary>
    private static bool IsEmpty(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.At("events"u8) is { ValueKind: JsonValueKind.Array } events
                && events.GetArrayLength() == 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

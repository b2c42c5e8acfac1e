using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Automation.Marketing.Engagement;

/// <summary>Is this batch of events SendGrid's? ECDSA over P-256 and SHA-256 (DER) of the timestamp's text and the raw
/// body, nothing between (signed event webhook). The timestamp is not judged: SendGrid repeats for a day, and an event
/// told twice is one.</summary>
public sealed class SendGridSignature(string publicKey)
{
    public const string SignatureHeader = "X-Twilio-Email-Event-Webhook-Signature";
    public const string TimestampHeader = "X-Twilio-Email-Event-Webhook-Timestamp";

    /// <summary>Of a P-256 signature in DER, bytes.</summary>
    private const int Longest = 72;
    private const string P256 = "1.2.840.10045.3.1.7";

    /// <summary>One verification at a time each.</summary>
    private readonly ConcurrentBag<ECDsa> keys = [Import(publicKey)];

    /// <summary>Is this a key as SendGrid shows it: base64 of a P-256 SubjectPublicKeyInfo?</summary>
    public static bool IsKey(string text)
    {
        try
        {
            using var key = Import(text);
            return key.ExportParameters(false).Curve.Oid.Value == P256;
        }
        catch (Exception unusable) when (unusable is FormatException or CryptographicException)
        {
            return false;
        }
    }

    public bool IsGenuine(string? signature, string? timestamp, ReadOnlySpan<byte> body)
    {
        Span<byte> der = stackalloc byte[Longest];
        if (timestamp is not { Length: > 0 and <= 40 } || signature is not { Length: > 0 and <= 100 }
            || !Convert.TryFromBase64String(signature, der, out var length)) return false;
        using var signed = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        signed.AppendData(Encoding.UTF8.GetBytes(timestamp));
        signed.AppendData(body);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        signed.GetHashAndReset(hash);
        var key = keys.TryTake(out var free) ? free : Import(publicKey);
        try { return key.VerifyHash(hash, der[..length], DSASignatureFormat.Rfc3279DerSequence); }
        finally { keys.Add(key); }
    }

    private static ECDsa Import(string text)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(text), out _);
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }
}

using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Automation.Marketing.People;

namespace Automation.Marketing.Consent;

/// <summary>Who opts out of what, and which send they answered.</summary>
public sealed record Unsubscription(CustomerId Customer, string Channel, string Send);

/// <summary>Opt-out links that only we can make: opaque, url-safe, never expiring, the same for the same send. A
/// synthetic-IV construction over HMAC-SHA256: the tag signs the content, and its own HMAC masks it.</summary>
public sealed class UnsubscribeTokens
{
    private const int TagLength = 16;
    private const int ContentLength = 1 + 12 + 8;
    private static readonly string[] Channels = ["email", "line"];

    private readonly Keyed signing;
    private readonly Keyed masking;

    /// <param name="secret">At least 16 bytes; changing it breaks every link in mails already sent.</param>
    /// <param name="use">What the links are for: one made for another use is none.</param>
    public UnsubscribeTokens(byte[] secret, string use = "unsubscribe")
    {
        if (secret.Length < 16)
            throw new ArgumentException("The secret of opt-out links needs at least 16 bytes.", nameof(secret));
        signing = new(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes($"{use}: sign")));
        masking = new(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes($"{use}: mask")));
    }

    public string Make(Unsubscription unsubscription)
    {
        Span<byte> token = stackalloc byte[TagLength + ContentLength];
        var content = token[TagLength..];
        content[0] = (byte)Array.IndexOf(Channels, unsubscription.Channel);
        Convert.FromHexString(unsubscription.Customer.Value, content.Slice(1, 12), out _, out _);
        Convert.FromHexString(unsubscription.Send.AsSpan(^16..), content[13..], out _, out _);
        Tag(content, token[..TagLength]);
        Mask(token);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Null where it is not one of ours, or was changed.</summary>
    public Unsubscription? Read(string text)
    {
        Span<byte> token = stackalloc byte[TagLength + ContentLength];
        if (text.Length != Base64Url.GetEncodedLength(token.Length) || !Base64Url.IsValid(text)
            || !Base64Url.TryDecodeFromChars(text, token, out var length) || length != token.Length) return null;
        Mask(token);
        Span<byte> expected = stackalloc byte[TagLength];
        var content = token[TagLength..];
        Tag(content, expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, token[..TagLength]) || content[0] >= Channels.Length)
            return null;
        var customer = new CustomerId(Convert.ToHexStringLower(content.Slice(1, 12)));
        return new(customer, Channels[content[0]], $"{customer}-{Convert.ToHexStringLower(content[13..])}");
    }

    private void Tag(ReadOnlySpan<byte> content, Span<byte> tag)
    {
        Span<byte> hash = stackalloc byte[32];
        signing.Hash(content, hash);
        hash[..TagLength].CopyTo(tag);
    }

    private void Mask(Span<byte> token)
    {
        Span<byte> mask = stackalloc byte[32];
        masking.Hash(token[..TagLength], mask);
        for (var n = 0; n < ContentLength; n++) token[TagLength + n] ^= mask[n];
    }

    /// <summary>HMAC-SHA256 with one key, a hash per thread used again and again: an issue makes a link for every
    /// reader, OpenSSL sets a new one up under a lock, and a pool that threads share costs more than the
    /// hash.</summary>
    [SuppressMessage("Design", "CA1001", Justification = "Lives as long as the process.")]
    private sealed class Keyed(byte[] key)
    {
        private readonly ThreadLocal<IncrementalHash> hashes = new(
            () => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key));

        public void Hash(ReadOnlySpan<byte> content, Span<byte> hash)
        {
            var hmac = hashes.Value!;
            hmac.AppendData(content);
            hmac.GetHashAndReset(hash);
        }
    }
}

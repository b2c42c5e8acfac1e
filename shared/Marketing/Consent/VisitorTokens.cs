using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Automation.Marketing.Consent;

/// <summary>What the browser of a visitor to the chat holds: 128 random bits before a tag of HMAC-SHA256, so that only
/// we make them and no row is needed for one that never says anything. Kept here is its hash alone.</summary>
/// <param name="secret">At least 16 bytes.</param>
public sealed class VisitorTokens(byte[] secret)
{
    private const int Own = 16, Tag = 16;
    private readonly byte[] key = HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes("chat visitor: sign"));
    private readonly byte[] codes = HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes("chat code: seal"));

    public string Make()
    {
        Span<byte> token = stackalloc byte[Own + Tag], hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        RandomNumberGenerator.Fill(token[..Own]);
        HMACSHA256.HashData(key, token[..Own], hash);
        hash[..Tag].CopyTo(token[Own..]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>The visitor's address in the chat, which does not lead back to the token; null: it is none of
    /// ours.</summary>
    public string? Address(string? text)
    {
        Span<byte> token = stackalloc byte[Own + Tag], hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (text?.Length != Base64Url.GetEncodedLength(token.Length) || !Base64Url.IsValid(text)
            || !Base64Url.TryDecodeFromChars(text, token, out var length) || length != token.Length) return null;
        HMACSHA256.HashData(key, token[..Own], hash);
        return CryptographicOperations.FixedTimeEquals(hash[..Tag], token[Own..])
            ? Convert.ToHexStringLower(SHA256.HashData(token).AsSpan(0, 16)) : null;
    }

    /// <summary>A one-time code as it is kept: whoever reads the tables cannot try a million of them.</summary>
    public string Seal(string conversation, string code) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(codes, Encoding.UTF8.GetBytes($"{conversation} {code}")));
}

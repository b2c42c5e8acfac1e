using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Automation.Marketing.People;

namespace Automation.Marketing.Consent;

/// <summary>Whoever opens the link reads the mails of an account, and wants the LINE account joined to it.</summary>
public sealed record LineProof(CustomerId Line, CustomerId Account);

/// <summary>Links that prove by a mail that its reader owns an account: only we can make them, and each holds for a
/// while. A tag of HMAC-SHA256 before what it signs.</summary>
/// <param name="secret">At least 16 bytes.</param>
public sealed class ProofTokens(byte[] secret)
{
    private const int Id = 12, Content = 2 * Id + sizeof(long), Tag = 16;
    private readonly byte[] key = HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes("line proof: sign"));

    public string Make(LineProof proof, DateTimeOffset until)
    {
        Span<byte> token = stackalloc byte[Tag + Content], hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var content = token[Tag..];
        Convert.FromHexString(proof.Line.Value, content[..Id], out _, out _);
        Convert.FromHexString(proof.Account.Value, content.Slice(Id, Id), out _, out _);
        BinaryPrimitives.WriteInt64BigEndian(content[(2 * Id)..], until.UtcTicks);
        HMACSHA256.HashData(key, content, hash);
        hash[..Tag].CopyTo(token);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Null where it is none of ours, was changed, or holds no more.</summary>
    public LineProof? Read(string text, DateTimeOffset now)
    {
        Span<byte> token = stackalloc byte[Tag + Content], hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (text.Length != Base64Url.GetEncodedLength(token.Length) || !Base64Url.IsValid(text)
            || !Base64Url.TryDecodeFromChars(text, token, out var length) || length != token.Length) return null;
        var content = token[Tag..];
        HMACSHA256.HashData(key, content, hash);
        if (!CryptographicOperations.FixedTimeEquals(hash[..Tag], token[..Tag])
            || BinaryPrimitives.ReadInt64BigEndian(content[(2 * Id)..]) < now.UtcTicks) return null;
        return new(new(Convert.ToHexStringLower(content[..Id])), new(Convert.ToHexStringLower(content.Slice(Id, Id))));
    }
}

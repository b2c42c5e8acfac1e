using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Automation.Marketing.People;

namespace Automation.Marketing.Consent;

/// <summary>Whoever opens the link reads the mails of this address, and it shall be this customer's.</summary>
/// <param name="Since">When the customer last changed their address themselves; null: never. The link holds for the
/// next change alone.</param>
public sealed record AddressClaim(CustomerId Customer, string Email, DateTimeOffset? Since);

/// <summary>Links that make an address a customer's: only we can make them, nobody can read them (AES-GCM), and each
/// holds for a while.</summary>
/// <param name="secret">At least 16 bytes.</param>
public sealed class AddressTokens(byte[] secret)
{
    private const int Nonce = 12, Tag = 16, Id = 12, Head = Id + (2 * sizeof(long)), Longest = 700;
    private readonly byte[] key = HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes("address: seal"));

    public string Make(AddressClaim claim, DateTimeOffset until)
    {
        var email = Encoding.UTF8.GetBytes(claim.Email);
        var open = new byte[Head + email.Length];
        Convert.FromHexString(claim.Customer.Value, open.AsSpan(0, Id), out _, out _);
        BinaryPrimitives.WriteInt64BigEndian(open.AsSpan(Id), until.UtcTicks);
        BinaryPrimitives.WriteInt64BigEndian(open.AsSpan(Id + sizeof(long)), claim.Since?.UtcTicks ?? 0);
        email.CopyTo(open, Head);
        var token = new byte[Nonce + Tag + open.Length];
        RandomNumberGenerator.Fill(token.AsSpan(0, Nonce));
        using var sealing = new AesGcm(key, Tag);
        sealing.Encrypt(token.AsSpan(0, Nonce), open, token.AsSpan(Nonce + Tag), token.AsSpan(Nonce, Tag));
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Null where it is none of ours, was changed, or holds no more.</summary>
    public AddressClaim? Read(string text, DateTimeOffset now)
    {
        if (text.Length > Longest || !Base64Url.IsValid(text)) return null;
        var token = Base64Url.DecodeFromChars(text);
        if (token.Length <= Nonce + Tag + Head) return null;
        var open = new byte[token.Length - Nonce - Tag];
        try
        {
            using var sealing = new AesGcm(key, Tag);
            sealing.Decrypt(token.AsSpan(0, Nonce), token.AsSpan(Nonce + Tag), token.AsSpan(Nonce, Tag), open);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
        var (until, since) = (BinaryPrimitives.ReadInt64BigEndian(open.AsSpan(Id)),
            BinaryPrimitives.ReadInt64BigEndian(open.AsSpan(Id + sizeof(long))));
        return until < now.UtcTicks ? null : new(
            new(Convert.ToHexStringLower(open.AsSpan(0, Id))), Encoding.UTF8.GetString(open.AsSpan(Head)),
            since == 0 ? null : new DateTimeOffset(since, TimeSpan.Zero));
    }
}

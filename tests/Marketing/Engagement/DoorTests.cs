using System.Security.Cryptography;
using System.Text.Json;
using Automation.Marketing.Engagement;
using Automation.Marketing.Tests.Orders;

namespace Automation.Marketing.Tests.Engagement;

/// <summary>SendGrid's own vectors (its C# library's tests), and everything that differs from them by a
/// little.</summary>
public sealed class DoorTests
{
    private static readonly byte[] Body = Fixtures.Bytes("sendgrid/signed_single.body.json");
    private static readonly JsonElement Headers = JsonElement.Parse(
        Fixtures.Bytes("sendgrid/signed_single.headers.json"));
    private static readonly string Signature = Header(SendGridSignature.SignatureHeader),
        Timestamp = Header(SendGridSignature.TimestampHeader);
    private readonly SendGridSignature door = new(Header("_publicKey"));

    private static string Header(string name) => Headers.GetProperty(name).GetString()!;

    [Fact]
    public void What_SendGrid_signed_is_genuine_however_often_and_at_once()
    {
        Assert.True(door.IsGenuine(Signature, Timestamp, Body));
        Parallel.For(0, 64, _ => Assert.True(door.IsGenuine(Signature, Timestamp, Body)));
    }

    [Fact]
    public void Another_key_another_signature_or_another_time_is_not()
    {
        Assert.False(new SendGridSignature(Header("_wrongPublicKey")).IsGenuine(Signature, Timestamp, Body));
        Assert.False(door.IsGenuine(Header("_wrongSignature"), Timestamp, Body));
        Assert.False(door.IsGenuine(Signature, "1600112503", Body));
        Assert.False(door.IsGenuine(Signature, Timestamp + " ", Body));
    }

    [Fact]
    public void A_body_changed_in_any_place_is_not()
    {
        for (var n = 0; n < Body.Length; n += 7)
        {
            var changed = (byte[])Body.Clone();
            changed[n] ^= 1;
            Assert.False(door.IsGenuine(Signature, Timestamp, changed));
        }
        Assert.False(door.IsGenuine(Signature, Timestamp, Body.AsSpan()[..^2]));   // the line end belongs to it
        Assert.False(door.IsGenuine(Signature, Timestamp, []));
        Assert.False(door.IsGenuine(Signature, "", [.. System.Text.Encoding.ASCII.GetBytes(Timestamp), .. Body]));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("no base64!")]
    [InlineData("AAAA")]
    [InlineData("MEUCIQ==")]
    [InlineData("MAYCAQECAQE=")]
    [InlineData("MAYCAQACAQA=")]
    public void Nonsense_is_refused_and_never_throws(string? signature)
    {
        Assert.False(door.IsGenuine(signature, Timestamp, Body));
        Assert.False(door.IsGenuine(Signature, null, Body));
        Assert.False(door.IsGenuine(new string('A', 5000), new string('1', 5000), Body));
    }

    [Fact]
    public void Only_a_P256_key_is_a_key()
    {
        Assert.True(SendGridSignature.IsKey(Header("_publicKey")));
        using var larger = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(1024);
        foreach (var text in (string[])["", "SG.key", "AAAA", Header("_publicKey")[4..], Convert.ToBase64String(
            larger.ExportSubjectPublicKeyInfo()), Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo())])
            Assert.False(SendGridSignature.IsKey(text), text);
    }
}

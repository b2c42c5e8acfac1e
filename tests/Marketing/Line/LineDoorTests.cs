using System.Text;
using System.Text.Json;
using Automation.Marketing.Intake;
using Automation.Marketing.Tests.Orders;

namespace Automation.Marketing.Tests.Line;

public sealed class LineDoorTests
{
    private static readonly byte[] Body = Fixtures.Bytes("line/derived/signed_batch.body.json");
    private static readonly Func<string, string?> Headers =
        Fixtures.Headers("line/derived/signed_batch.headers.json");
    private static readonly LineDoor Door = new("shop", Headers("_channelSecret")!);

    [Fact]
    public void LINEs_own_signatures_are_right()
    {
        using var vectors = JsonDocument.Parse(Fixtures.Bytes("line/signature_vectors.json"));
        Assert.All(vectors.RootElement.EnumerateArray(), vector => Assert.True(
            new LineDoor("shop", vector.GetProperty("channelSecret").GetString()!).IsGenuine(
                vector.GetProperty("xLineSignature").GetString(),
                Encoding.UTF8.GetBytes(vector.GetProperty("body").GetString()!))));
        Assert.Equal(2, vectors.RootElement.GetArrayLength());
    }

    [Fact]
    public void A_signed_webhook_is_taken_as_it_came()
    {
        var taken = Assert.IsType<Verification.Accepted>(
            Door.Check(Headers("X-Line-Signature"), Body, Fixtures.Now)).Envelope;
        Assert.Equal("line:shop", taken.Source);
        Assert.Equal("line", taken.Topic);
        Assert.Equal(Fixtures.Now, taken.ReceivedAt);
        Assert.Equal(Body, taken.Body.ToArray());
    }

    [Fact]
    public void Every_changed_byte_another_secret_and_a_missing_signature_are_refused()
    {
        var signature = Headers("x-line-signature")!;
        for (var at = 0; at < Body.Length; at += 97)
        {
            var changed = Body.ToArray();
            changed[at] ^= 1;
            Assert.IsType<Verification.BadSignature>(Door.Check(signature, changed, Fixtures.Now));
        }
        Assert.Contains("Line:shop:Secret", Assert.IsType<Verification.BadSignature>(
            new LineDoor("shop", "8c570fa6dd201bb328f1c1eac23a96d9").Check(signature, Body, Fixtures.Now)).Why,
            StringComparison.Ordinal);
        foreach (var wrong in (string?[])[null, "", "nonsense", signature[..^4], $"{signature}{signature}", "====",
            new string('A', 5000)])
            Assert.IsType<Verification.BadSignature>(Door.Check(wrong, Body, Fixtures.Now));
    }

    [Fact]
    public void LINEs_connection_check_is_answered_and_kept_nowhere()
    {
        var check = """{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}"""u8.ToArray();
        Assert.IsType<Verification.Ping>(
            Door.Check("GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs=", check, Fixtures.Now));
    }
}

using Automation.Marketing.Consent;
using Automation.Marketing.Sending;
using Automation.Marketing.Tests.Mails;

namespace Automation.Marketing.Tests.Sending;

public class UnsubscribeTokenTests
{
    private static readonly UnsubscribeTokens Tokens = new([.. Enumerable.Range(0, 32).Select(n => (byte)n)]);
    private static readonly Unsubscription Sample = new(Mail.Sato.Id, "email", $"{Mail.Sato.Id}-0123456789abcdef");

    [Fact]
    public void A_token_is_opaque_and_ours()
    {
        var token = Tokens.Make(Sample);
        Assert.Equal(Sample, Tokens.Read(token));
        Assert.Equal(token, Tokens.Make(Sample));
        Assert.Matches("^[A-Za-z0-9_-]{50}$", token);
        Assert.NotEqual(Tokens.Make(Sample with { Channel = "line" })[..10], token[..10]);
        Assert.Null(new UnsubscribeTokens(new byte[32]).Read(token));
    }

    [Fact]
    public void A_changed_token_is_nobodys()
    {
        var token = Tokens.Make(Sample);
        for (var n = 0; n < token.Length - 1; n++)
            foreach (var other in "AbZ09_-")
                if (other != token[n]) Assert.Null(Tokens.Read(token[..n] + other + token[(n + 1)..]));
        foreach (var nonsense in (string[])["", "a", token[..^1], token + "A", new string('A', 50), new string('日', 50),
            "%%" + token[2..]]) Assert.Null(Tokens.Read(nonsense));
    }
}

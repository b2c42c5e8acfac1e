using System.Security.Cryptography;
using System.Text;
using Automation.Marketing.Consent;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Chat;

/// <summary>The mail with a code that proves an order, as soon as it is asked for: outside ledger, plan and figures,
/// like any mail that answers a button.</summary>
public sealed class CodeMails(
    IMailTransport transport, Senders writers, LinkTokens links, CurrentShop shop, TimeProvider time)
{
    /// <summary>A code as it is kept.</summary>
    public string Seal(string conversation, string code) => links.Visitors.Seal(conversation, code);

    /// <summary>Is it the one that is kept? In constant time.</summary>
    public bool Fits(string conversation, string code, string kept) => CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(Seal(conversation, code)), Encoding.ASCII.GetBytes(kept));

    /// <param name="language">The one spoken in the conversation; null: the customer's.</param>
    public async Task Send(Customer customer, string code, string? language, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (Gate.Judge(Purpose.Transactional, customer, "email", now, now) is not Verdict.Allowed) return;
        var words = new ChatWords((language ?? customer.Language ?? shop.Settings.Language)
            .StartsWith("ja", StringComparison.Ordinal), shop.Settings);
        var name = shop.Settings.Name;
        var text = words[
            $"{name}のチャットに、次の確認コードをご入力ください。10分間お使いいただけます。",
            $"Please enter this code in the chat of {name}. It holds for ten minutes."];
        var ignore = words[
            "お心当たりがなければ、このメールは捨ててください。コードは誰にも教えないでください。",
            "If you did not ask for it, throw this mail away, and tell the code to nobody."];
        await transport.Send(new ShortMail
        {
            Id = $"code-{RandomNumberGenerator.GetHexString(24, lowercase: true)}",
            To = Gate.Address(customer, "email")!,
            Mail = "chat-code",
            Language = words.Language,
            Subject = words[$"【{name}】確認コード", $"{name}: your code"],
            Html = $"<p>{ShortMail.Safe(text)}</p><p style=\"font-size:28px;letter-spacing:4px\">{code}</p>"
                + $"<p>{ShortMail.Safe(ignore)}</p>",
            Text = $"{text}\n\n{code}\n\n{ignore}",
            At = now,
        }.By(writers, shop.Settings), cancellation);
    }
}

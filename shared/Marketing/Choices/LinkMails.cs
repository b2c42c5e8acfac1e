using System.Globalization;
using System.Security.Cryptography;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Choices;

/// <summary>The mail that proves whose an address is, as soon as it is asked for: outside ledger, plan and figures,
/// like any mail that answers a button.</summary>
public sealed class LinkMails(IMailTransport transport, Senders writers, CurrentShop shop, TimeProvider time)
{
    /// <summary>False: there is no way to write to them, or the provider did not take it.</summary>
    /// <param name="proof">The last part of the link.</param>
    public async Task<bool> Send(Customer account, string proof, CancellationToken cancellation)
    {
        if (Gate.Judge(Purpose.Transactional, account, "email", time.GetUtcNow(), time.GetUtcNow())
            is not Verdict.Allowed) return false;
        var words = LinkWords.For(account, shop.Settings);
        var url = $"{writers.PublicUrl.TrimEnd('/')}/line/prove/{proof}";
        var name = shop.Settings.Name;
        var text = string.Format(CultureInfo.InvariantCulture, words.MailText, name);
        return await transport.Send(new ShortMail
        {
            Id = $"link-{RandomNumberGenerator.GetHexString(24, lowercase: true)}",
            To = Gate.Address(account, "email")!,
            Mail = "line-link",
            Language = words.Language,
            Subject = string.Format(CultureInfo.InvariantCulture, words.MailSubject, name),
            Html = $"<p>{ShortMail.Safe(text)}</p><p><a href=\"{url}\">{ShortMail.Safe(words.Prove)}</a></p>",
            Text = $"{text}\n\n{words.Prove}: {url}",
            At = time.GetUtcNow(),
        }.By(writers, shop.Settings), cancellation) is DeliveryResult.Accepted;
    }
}

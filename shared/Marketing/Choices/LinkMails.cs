using System.Globalization;
using System.Net;
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
        return await transport.Send(new Message
        {
            Id = $"link-{RandomNumberGenerator.GetHexString(24, lowercase: true)}",
            To = Gate.Address(account, "email")!,
            From = writers.For(Purpose.Transactional, shop.Settings, null),
            ReplyTo = writers.Answers(shop.Settings),
            Subject = string.Format(CultureInfo.InvariantCulture, words.MailSubject, name),
            Html = $"<!DOCTYPE html><html lang=\"{words.Language}\"><body style=\"font:16px/1.8 sans-serif\">"
                + $"<p>{WebUtility.HtmlEncode(text)}</p>"
                + $"<p><a href=\"{url}\">{WebUtility.HtmlEncode(words.Prove)}</a></p>"
                + $"<p>{WebUtility.HtmlEncode(name)}<br>{WebUtility.HtmlEncode(shop.Settings.PostalAddress)}</p>"
                + "</body></html>",
            Text = $"{text}\n\n{words.Prove}: {url}\n\n{name}\n{shop.Settings.PostalAddress}\n",
            Headers = Senders.Headers(null),
            Purpose = Purpose.Transactional,
            Mail = "line-link",
            At = time.GetUtcNow(),
        }, cancellation) is DeliveryResult.Accepted;
    }
}

using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Choices;

/// <summary>The mails of a change of address, as soon as somebody pressed a button: outside ledger, plan and figures,
/// like any mail that answers one.</summary>
public sealed class AddressMails(IMailTransport transport, Senders writers, CurrentShop shop, TimeProvider time)
{
    /// <summary>Asks the new address. False: the provider did not take it.</summary>
    /// <param name="token">The last part of the link.</param>
    public Task<bool> Ask(Customer customer, string to, string token, CancellationToken cancellation)
    {
        var words = AddressWords.For(customer, shop.Settings);
        return Send(
            customer, to, words.AskSubject, string.Format(CultureInfo.InvariantCulture, words.AskText, Name),
            (words.Confirm, $"{writers.PublicUrl.TrimEnd('/')}/a/{token}"), cancellation);
    }

    /// <summary>Tells the old address, in case it was not they.</summary>
    public Task<bool> Tell(Customer customer, string before, string now, CancellationToken cancellation)
    {
        var words = AddressWords.For(customer, shop.Settings);
        return Send(
            customer, before, words.ToldSubject,
            string.Format(CultureInfo.InvariantCulture, words.ToldText, Name, AddressPage.Masked(now)), null,
            cancellation);
    }

    private string Name => shop.Settings.Name;

    private async Task<bool> Send(
        Customer customer, string to, string subject, string text, (string Words, string Url)? link,
        CancellationToken cancellation)
    {
        if (customer.Test || !Mailbox.IsAddress(to)) return false;
        var language = AddressWords.For(customer, shop.Settings).Language;
        var address = shop.Settings.PostalAddress;
        return await transport.Send(new Message
        {
            Id = $"address-{RandomNumberGenerator.GetHexString(24, lowercase: true)}",
            To = to,
            From = writers.For(Purpose.Transactional, shop.Settings, null),
            ReplyTo = writers.Answers(shop.Settings),
            Subject = string.Format(CultureInfo.InvariantCulture, subject, Name),
            Html = $"<!DOCTYPE html><html lang=\"{language}\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"color-scheme\" content=\"light dark\"></head>"
                + $"<body style=\"font:16px/1.8 sans-serif\"><p>{Safe(text)}</p>"
                + (link is var (words, url) ? $"<p><a href=\"{url}\">{Safe(words)}</a></p>" : "")
                + $"<p>{Safe(Name)}<br>{Safe(address)}</p></body></html>",
            Text = $"{text}\n\n{(link is var (said, at) ? $"{said}: {at}\n\n" : "")}{Name}\n{address}\n",
            Headers = Senders.Headers(null),
            Purpose = Purpose.Transactional,
            Mail = "address",
            At = time.GetUtcNow(),
        }, cancellation) is DeliveryResult.Accepted;
    }

    private static string Safe(string text) => WebUtility.HtmlEncode(text);
}

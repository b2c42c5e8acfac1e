using System.Globalization;
using System.Security.Cryptography;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Choices;

/// <summary>The mails of a change of address, as soon as somebody pressed a button: outside ledger, plan and figures,
/// like any mail that answers one.</summary>
public sealed class AddressMails(IMailTransport transport, Senders writers, CurrentShop shop, TimeProvider time)
{
    /// <summary>Asks the new address; null: it is nobody's who could be written to.</summary>
    /// <param name="token">The last part of the link.</param>
    public Task<DeliveryResult?> Ask(Customer customer, string to, string token, CancellationToken cancellation)
    {
        var words = AddressWords.For(customer, shop.Settings);
        return Send(
            customer, to, RandomNumberGenerator.GetHexString(24, lowercase: true), words.AskSubject,
            string.Format(CultureInfo.InvariantCulture, words.AskText, Name),
            (words.Confirm, $"{writers.PublicUrl.TrimEnd('/')}/a/{token}"), cancellation);
    }

    /// <summary>Tells the old address, in case it was not they; null: it is nobody's who could be written to. The same
    /// notice of the same change has the same id.</summary>
    public Task<DeliveryResult?> Tell(Customer customer, string before, string now, CancellationToken cancellation)
    {
        var words = AddressWords.For(customer, shop.Settings);
        return Send(
            customer, before,
            Ledger.Id(customer.Id, $"{customer.Readdressed?.At:O} {before}")[^16..], words.ToldSubject,
            string.Format(CultureInfo.InvariantCulture, words.ToldText, Name, AddressPage.Masked(now)), null,
            cancellation);
    }

    private string Name => shop.Settings.Name;

    private async Task<DeliveryResult?> Send(
        Customer customer, string to, string id, string subject, string text, (string Words, string Url)? link,
        CancellationToken cancellation)
    {
        if (customer.Test || !Mailbox.IsAddress(to)) return null;
        var language = AddressWords.For(customer, shop.Settings).Language;
        return await transport.Send(new ShortMail
        {
            Id = $"address-{id}",
            To = to,
            Mail = "address",
            Language = language,
            Subject = string.Format(CultureInfo.InvariantCulture, subject, Name),
            Html = $"<p>{ShortMail.Safe(text)}</p>"
                + (link is var (words, url) ? $"<p><a href=\"{url}\">{ShortMail.Safe(words)}</a></p>" : ""),
            Text = link is var (said, at) ? $"{text}\n\n{said}: {at}" : text,
            At = time.GetUtcNow(),
        }.By(writers, shop.Settings), cancellation);
    }
}

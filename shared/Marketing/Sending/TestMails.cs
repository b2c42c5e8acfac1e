using System.Security.Cryptography;
using Automation.Marketing.Mails;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Sending;

/// <summary>A mail sent to whoever writes it, to look at in their own mail program: marked in its subject, outside the
/// ledger, the plan and the figures. Its send id is none of a ledger's, so that whatever a provider tells of it belongs
/// to nobody.</summary>
public sealed class TestMails(IMailTransport transport, Senders writers, CurrentShop shop, TimeProvider time)
{
    /// <summary>A test is for oneself and a colleague or two, not a way to write to people.</summary>
    public const int MostAddresses = 3;

    /// <summary>The addresses of a line, by comma, semicolon or space; null: one is none, or there are too many or
    /// none.</summary>
    public static IReadOnlyList<string>? Addresses(string? line)
    {
        char[] between = [',', '、', ';', ' ', '\u3000', '\n', '\r', '\t'];
        var addresses = (line ?? "")
            .Split(between, StringSplitOptions.RemoveEmptyEntries)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToList();
        return addresses.Count is > 0 and <= MostAddresses && addresses.All(Mailbox.IsAddress) ? addresses : null;
    }

    /// <summary>Hands it over to each address; the first that is not taken ends it.</summary>
    /// <param name="mark">What its subject begins with, e.g. <c>[テスト]</c>.</param>
    public async Task<DeliveryResult> Send(
        MailTemplate template, RenderedMail mail, Purpose purpose, IReadOnlyList<string> to, string mark,
        CancellationToken cancellation = default)
    {
        DeliveryResult result = new DeliveryResult.Refused("nobody to send it to");
        foreach (var address in to.Take(MostAddresses))
        {
            result = await transport.Send(Message(template, mail, purpose, address, mark), cancellation);
            if (result is not DeliveryResult.Accepted) return result;
        }
        return result;
    }

    private Message Message(MailTemplate template, RenderedMail mail, Purpose purpose, string to, string mark) => new()
    {
        Id = $"test-{RandomNumberGenerator.GetHexString(24, lowercase: true)}",
        To = to,
        From = writers.For(purpose, shop.Settings, template.Source.From),
        ReplyTo = writers.Answers(shop.Settings),
        Subject = $"{mark} {mail.Subject}",
        Html = mail.Html,
        Text = mail.Text,
        Headers = Senders.Headers(null),
        Purpose = purpose,
        Mail = "test",
        At = time.GetUtcNow(),
    };
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Automation.Marketing.People;
using SendGrid.Helpers.Mail;

namespace Automation.Marketing.Sending;

/// <summary>
/// One customer's mail as SendGrid takes it. No personal data in categories and custom arguments: SendGrid keeps those
/// for ever.
/// </summary>
public static class SendGridMail
{
    public static SendGridMessage Of(Message message, bool sandbox) => new()
    {
        Personalizations =
        [
            new() { Tos = [new(message.To)], CustomArgs = new() { ["send_id"] = message.Id } },
        ],
        From = Address(message.From),
        ReplyTo = message.ReplyTo is { } replyTo ? Address(replyTo) : null,
        Subject = message.Subject,
        Contents = [new("text/plain", message.Text), new("text/html", message.Html)],
        Headers = new(message.Headers),
        Categories = [Category(message.Mail), Category(message.Purpose)],
        // Our own List-Unsubscribe is the only one: SendGrid's would be a second.
        TrackingSettings = new() { SubscriptionTracking = new() { Enable = false } },
        MailSettings = sandbox ? new() { SandboxMode = new() { Enable = true } } : null,
    };

    /// <summary>Categories are ASCII: a mail with another name goes by its hash.</summary>
    public static string Category(string mail) => Ascii.IsValid(mail) && mail.Length <= 255 ? mail : Hash(mail);

    public static string Category(Purpose purpose) => purpose.ToString().ToLowerInvariant();

    private static string Hash(string mail) => string.Create(
        CultureInfo.InvariantCulture,
        $"mail-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(mail)).AsSpan(0, 8))}");

    private static global::SendGrid.Helpers.Mail.EmailAddress Address(Mailbox mailbox) => new(mailbox.Address, mailbox.Name);
}

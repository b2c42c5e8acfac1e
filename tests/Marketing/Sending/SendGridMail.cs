using Automation.Marketing.Sending;
using SendGrid.Helpers.Mail;

namespace Automation.Marketing.Tests.Sending;

/// <summary>One customer's mail as SendGrid's own library would write it: what our bytes are held against.</summary>
internal static class SendGridMail
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
        Categories = [SendGridJson.Category(message.Mail), SendGridJson.Category(message.Purpose)],
        TrackingSettings = new() { SubscriptionTracking = new() { Enable = false } },
        MailSettings = sandbox ? new() { SandboxMode = new() { Enable = true } } : null,
    };

    private static SendGrid.Helpers.Mail.EmailAddress Address(Mailbox mailbox) => new(mailbox.Address, mailbox.Name);
}

using MimeKit;

namespace Automation.Marketing.Sending;

/// <summary>A message as RFC 5322 text: multipart/alternative, UTF-8, readable as it lies there unless a line is too
/// long for 8bit.</summary>
public static class Eml
{
    /// <summary>RFC 5322 2.1.1: characters in a line, without CRLF.</summary>
    private const int LongestLine = 998;

    private static readonly FormatOptions Format = new() { NewLineFormat = NewLineFormat.Dos };

    /// <summary>Addresses that shops have and RFC 5322 has not: two dots, or one before the @, at Japanese
    /// carriers.</summary>
    private static readonly ParserOptions Looser = new() { AddressParserComplianceMode = RfcComplianceMode.Looser };

    public static byte[] Write(Message message)
    {
        var mail = new MimeMessage
        {
            Subject = message.Subject,
            Date = message.At,
            MessageId = $"{message.Id}@{message.From.Domain}",
            Body = new MultipartAlternative
            {
                new TextPart("plain") { Text = message.Text },
                new TextPart("html") { Text = message.Html },
            },
        };
        Address(mail, HeaderId.From, mail.From, message.From);
        Address(mail, HeaderId.To, mail.To, new(message.To));
        if (message.ReplyTo is { } replyTo) Address(mail, HeaderId.ReplyTo, mail.ReplyTo, replyTo);
        foreach (var (name, value) in message.Headers) mail.Headers.Add(name, value);
        mail.Headers.Add("X-Send-Id", message.Id);
        mail.Headers.Add("X-Mail", message.Mail);
        mail.Prepare(EncodingConstraint.EightBit, LongestLine);
        using var eml = new MemoryStream();
        mail.WriteTo(Format, eml);
        return eml.ToArray();
    }

    /// <summary>An address that MimeKit does not take goes as the customer gave it.</summary>
    private static void Address(MimeMessage mail, HeaderId field, InternetAddressList list, Mailbox mailbox)
    {
        if (MailboxAddress.TryParse(Looser, mailbox.Address, out var address))
        {
            address.Name = mailbox.Name;
            list.Add(address);
        }
        else mail.Headers.Replace(field, mailbox.Address);
    }
}

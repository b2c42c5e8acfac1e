using MimeKit;

namespace Automation.Functions.Tests.Hosting;

/// <summary>The mails of an outbox folder, as a mail program reads them.</summary>
internal static class Letters
{
    public static IReadOnlyList<MimeMessage> In(string outbox) =>
        [.. Directory.GetFiles(outbox, "*.eml").Order(StringComparer.Ordinal).Select(file => MimeMessage.Load(file))];

    public static IEnumerable<MimeMessage> To(string outbox, string address) =>
        In(outbox).Where(letter => letter.To.Mailboxes.Any(mailbox => mailbox.Address == address));

    /// <summary>The mail's name in the shop's folder.</summary>
    public static string Mail(this MimeMessage letter) => letter.Headers["X-Mail"] ?? "";

    /// <summary>What a mail program calls when the reader wants no more: path and query.</summary>
    public static string Unsubscribe(this MimeMessage letter) =>
        new Uri(letter.Headers[HeaderId.ListUnsubscribe]!.Trim('<', '>')).PathAndQuery;
}

using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Automation.Marketing.Sending;

/// <summary>The body of <c>POST /v3/mail/send</c>, for one customer or a whole batch: what a <c>SendGridMessage</c>
/// says, written as bytes because that costs four times the time and many times the memory. No personal data in
/// categories and custom arguments: SendGrid keeps those for ever.</summary>
public static class SendGridJson
{
    private static readonly JsonWriterOptions Options =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static void Write(IBufferWriter<byte> body, Message message, bool sandbox)
    {
        using var json = new Utf8JsonWriter(body, Options);
        json.WriteStartObject();
        json.WriteStartArray("personalizations"u8);
        Begin(json, message.To);
        End(json, message.Id);
        json.WriteEndArray();
        Mailboxes(json, message.From, message.ReplyTo);
        json.WriteString("subject"u8, message.Subject);
        json.WriteStartArray("content"u8);
        json.WriteStartObject();
        json.WriteString("type"u8, "text/plain"u8);
        json.WriteString("value"u8, message.Text);
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("type"u8, "text/html"u8);
        json.WriteString("value"u8, message.Html);
        json.WriteEndObject();
        json.WriteEndArray();
        Headers(json, message.Headers);
        Rest(json, message.Mail, message.Purpose, sandbox);
        json.WriteEndObject();
    }

    public static void Write(IBufferWriter<byte> body, MessageBatch batch, bool sandbox)
    {
        using var json = new Utf8JsonWriter(body, Options);
        var tags = batch.Tags.Select(tag => JsonEncodedText.Encode(tag)).ToArray();
        json.WriteStartObject();
        json.WriteStartArray("personalizations"u8);
        foreach (var recipient in batch.Recipients)
        {
            Begin(json, recipient.To);
            if (recipient.UnsubscribeUrl is { } url) Headers(json, Senders.Headers(url));
            if (tags.Length > 0) json.WriteStartObject("substitutions"u8);
            for (var n = 0; n < tags.Length; n++) json.WriteString(tags[n], batch.Value(recipient, n));
            if (tags.Length > 0) json.WriteEndObject();
            End(json, recipient.SendId);
        }
        json.WriteEndArray();
        Mailboxes(json, batch.From, batch.ReplyTo);
        json.WriteString("subject"u8, batch.Subject.Span);
        json.WriteStartArray("content"u8);
        json.WriteStartObject();
        json.WriteString("type"u8, "text/plain"u8);
        json.WriteString("value"u8, batch.Text.Span);
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("type"u8, "text/html"u8);
        json.WriteString("value"u8, batch.Html.Span);
        json.WriteEndObject();
        json.WriteEndArray();
        Rest(json, batch.Mail, batch.Purpose, sandbox);
        json.WriteEndObject();
    }

    /// <summary>Categories are ASCII: a mail with another name goes by its hash.</summary>
    public static string Category(string mail) =>
        Ascii.IsValid(mail) && mail.Length <= 255 ? mail : $"mail-{Keys.Hash(mail, 8)}";

    public static string Category(Purpose purpose) => purpose.ToString().ToLowerInvariant();

    private static void Begin(Utf8JsonWriter json, string to)
    {
        json.WriteStartObject();
        json.WriteStartArray("to"u8);
        json.WriteStartObject();
        json.WriteString("email"u8, to);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void Headers(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        json.WriteStartObject("headers"u8);
        foreach (var (name, value) in headers) json.WriteString(name, value);
        json.WriteEndObject();
    }

    private static void End(Utf8JsonWriter json, string sendId)
    {
        json.WriteStartObject("custom_args"u8);
        json.WriteString("send_id"u8, sendId);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Mailboxes(Utf8JsonWriter json, Mailbox from, Mailbox? replyTo)
    {
        Mailbox(json, "from"u8, from);
        if (replyTo is not null) Mailbox(json, "reply_to"u8, replyTo);
    }

    private static void Rest(Utf8JsonWriter json, string mail, Purpose purpose, bool sandbox)
    {
        json.WriteStartArray("categories"u8);
        json.WriteStringValue(Category(mail));
        json.WriteStringValue(Category(purpose));
        json.WriteEndArray();
        // Our own List-Unsubscribe is the only one: SendGrid's would be a second.
        json.WriteStartObject("tracking_settings"u8);
        json.WriteStartObject("subscription_tracking"u8);
        json.WriteBoolean("enable"u8, false);
        json.WriteEndObject();
        json.WriteEndObject();
        if (!sandbox) return;
        json.WriteStartObject("mail_settings"u8);
        json.WriteStartObject("sandbox_mode"u8);
        json.WriteBoolean("enable"u8, true);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Mailbox(Utf8JsonWriter json, ReadOnlySpan<byte> name, Mailbox mailbox)
    {
        json.WriteStartObject(name);
        json.WriteString("email"u8, mailbox.Address);
        if (mailbox.Name is { } shown) json.WriteString("name"u8, shown);
        json.WriteEndObject();
    }
}

using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Automation.Marketing.Sending;

/// <summary>The body of <c>POST /v3/mail/send</c>. No personal data in categories and custom arguments: SendGrid keeps those for ever.</summary>
public static class SendGridJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static void Write(IBufferWriter<byte> body, Message message, bool sandbox)
    {
        using var json = new Utf8JsonWriter(body, Options);
        json.WriteStartObject();
        json.WriteStartArray("personalizations"u8);
        Personalization(json, message.To, message.Id, [], null);
        json.WriteEndArray();
        Rest(json, message.From, message.ReplyTo, message.Subject, message.Text, message.Html, message.Headers, [Category(message.Mail), message.Purpose.ToString().ToLowerInvariant()], sandbox);
        json.WriteEndObject();
    }

    public static void Write(IBufferWriter<byte> body, MessageBatch batch, bool sandbox)
    {
        using var json = new Utf8JsonWriter(body, Options);
        json.WriteStartObject();
        json.WriteStartArray("personalizations"u8);
        foreach (var recipient in batch.Recipients) Personalization(json, recipient.To, recipient.SendId, recipient.Headers, recipient.Substitutions);
        json.WriteEndArray();
        Rest(json, batch.From, batch.ReplyTo, batch.Subject, batch.Text, batch.Html, [], [Category(batch.Mail), batch.Purpose.ToString().ToLowerInvariant()], sandbox);
        json.WriteEndObject();
    }

    /// <summary>Categories are ASCII: a mail with another name goes by its hash.</summary>
    public static string Category(string mail) =>
        Ascii.IsValid(mail) && mail.Length <= 255 ? mail : string.Create(CultureInfo.InvariantCulture, $"mail-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(mail)).AsSpan(0, 8))}");

    private static void Personalization(Utf8JsonWriter json, string to, string sendId, IReadOnlyList<KeyValuePair<string, string>> headers, IReadOnlyDictionary<string, string>? substitutions)
    {
        json.WriteStartObject();
        json.WriteStartArray("to"u8);
        json.WriteStartObject();
        json.WriteString("email"u8, to);
        json.WriteEndObject();
        json.WriteEndArray();
        Headers(json, headers);
        if (substitutions is not null)
        {
            json.WriteStartObject("substitutions"u8);
            foreach (var (tag, value) in substitutions) json.WriteString(tag, value);
            json.WriteEndObject();
        }
        json.WriteStartObject("custom_args"u8);
        json.WriteString("send_id"u8, sendId);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Rest(Utf8JsonWriter json, Mailbox from, Mailbox? replyTo, string subject, string text, string html, IReadOnlyList<KeyValuePair<string, string>> headers, ReadOnlySpan<string> categories, bool sandbox)
    {
        Mailbox(json, "from"u8, from);
        if (replyTo is not null) Mailbox(json, "reply_to"u8, replyTo);
        json.WriteString("subject"u8, subject);
        json.WriteStartArray("content"u8);
        Content(json, "text/plain"u8, text);
        Content(json, "text/html"u8, html);
        json.WriteEndArray();
        Headers(json, headers);
        json.WriteStartArray("categories"u8);
        foreach (var category in categories) json.WriteStringValue(category);
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

    private static void Content(Utf8JsonWriter json, ReadOnlySpan<byte> type, string value)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, type);
        json.WriteString("value"u8, value);
        json.WriteEndObject();
    }

    private static void Headers(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        if (headers.Count == 0) return;
        json.WriteStartObject("headers"u8);
        foreach (var (name, value) in headers) json.WriteString(name, value);
        json.WriteEndObject();
    }
}

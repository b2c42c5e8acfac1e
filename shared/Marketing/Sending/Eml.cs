using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Automation.Marketing.Sending;

/// <summary>A message as RFC 5322 text: multipart/alternative, UTF-8, readable as it lies there unless a line is too long for 8bit.</summary>
public static class Eml
{
    /// <summary>RFC 5322 2.1.1: characters in a line, without CRLF.</summary>
    private const int LongestLine = 998;
    private const int EncodedWord = 45;
    private static readonly SearchValues<char> Quoted = SearchValues.Create("()<>[]:;@\\,.\"");

    public static byte[] Write(Message message)
    {
        // Nobody who writes a part of the content can write this too.
        var boundary = $"=_{RandomNumberGenerator.GetHexString(32, lowercase: true)}";
        var eml = new StringBuilder(message.Html.Length + message.Text.Length + 1500);
        Header(eml, "From", Address(message.From));
        Header(eml, "To", message.To);
        if (message.ReplyTo is { } replyTo) Header(eml, "Reply-To", Address(replyTo));
        Header(eml, "Subject", Words(message.Subject));
        Header(eml, "Date", message.At.ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture) + message.At.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal));
        Header(eml, "Message-ID", $"<{message.Id}@{message.From.Domain}>");
        foreach (var (name, value) in message.Headers) Header(eml, name, value);
        Header(eml, "X-Send-Id", message.Id);
        Header(eml, "X-Mail", Words(message.Mail));
        Header(eml, "MIME-Version", "1.0");
        Header(eml, "Content-Type", $"multipart/alternative; boundary=\"{boundary}\"");
        Part(eml, boundary, "text/plain", message.Text);
        Part(eml, boundary, "text/html", message.Html);
        eml.Append("\r\n--").Append(boundary).Append("--\r\n");
        return Encoding.UTF8.GetBytes(eml.ToString());
    }

    private static void Header(StringBuilder eml, string name, string value)
    {
        if (value.AsSpan().Trim("\r\n \t").IndexOfAny('\r', '\n') is > 0 and var at && !(value[at] == '\r' && value.AsSpan(at).StartsWith("\r\n ")))
            throw new FormatException($"The header {name} would hold a line break.");
        eml.Append(name).Append(": ").Append(value).Append("\r\n");
    }

    private static void Part(StringBuilder eml, string boundary, string type, string content)
    {
        var plain = Fits(content);
        eml.Append("\r\n--").Append(boundary).Append("\r\nContent-Type: ").Append(type).Append("; charset=utf-8\r\nContent-Transfer-Encoding: ")
            .Append(plain ? "8bit" : "base64").Append("\r\n\r\n");
        if (plain) eml.Append(content.ReplaceLineEndings("\r\n"));
        else eml.Append(Convert.ToBase64String(Encoding.UTF8.GetBytes(content), Base64FormattingOptions.InsertLineBreaks));
    }

    private static bool Fits(string content)
    {
        foreach (var line in content.AsSpan().EnumerateLines())
            if (line.Length > LongestLine || (line.Length * 3 > LongestLine && Encoding.UTF8.GetByteCount(line) > LongestLine)) return false;
        return true;
    }

    private static string Address(Mailbox mailbox) => mailbox.Name is { Length: > 0 } name ? $"{Phrase(name)} <{mailbox.Address}>" : mailbox.Address;

    private static string Phrase(string name) =>
        Ascii.IsValid(name) && name.AsSpan().ContainsAny(Quoted) && !name.AsSpan().ContainsAnyInRange('\0', '\u001f')
            ? $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""
            : Words(name);

    /// <summary>RFC 2047: text that is not plain ASCII becomes encoded words of at most 75 characters, cut between characters, folded.</summary>
    private static string Words(string text)
    {
        if (Ascii.IsValid(text) && text.Length < 900 && !text.Contains("=?", StringComparison.Ordinal) && !text.AsSpan().ContainsAnyInRange('\0', '\u001f')) return text;
        var words = new StringBuilder();
        var piece = new List<byte>(EncodedWord);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            var length = rune.EncodeToUtf8(bytes);
            if (piece.Count + length > EncodedWord) Flush();
            foreach (var b in bytes[..length]) piece.Add(b);
        }
        Flush();
        return words.ToString();

        void Flush()
        {
            if (words.Length > 0) words.Append("\r\n ");
            words.Append("=?utf-8?B?").Append(Convert.ToBase64String(piece.ToArray())).Append("?=");
            piece.Clear();
        }
    }
}

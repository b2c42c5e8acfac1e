using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Xml;

namespace Automation.Storage.Azure;

/// <summary>
/// Messages on the wire: XML with a base64 text, as the Functions host expects by default (messageEncoding base64)
/// (https://learn.microsoft.com/rest/api/storageservices/get-messages).
/// </summary>
internal static class QueueXml
{
    private static readonly XmlReaderSettings Plain = new() { DtdProcessing = DtdProcessing.Prohibit, IgnoreWhitespace = true, XmlResolver = null };

    public static ReadOnlyMemory<byte> Message(ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> before = "<QueueMessage><MessageText>"u8, after = "</MessageText></QueueMessage>"u8;
        var xml = new byte[before.Length + Base64.GetMaxEncodedToUtf8Length(body.Length) + after.Length];
        before.CopyTo(xml);
        Base64.EncodeToUtf8(body, xml.AsSpan(before.Length), out _, out var written);
        after.CopyTo(xml.AsSpan(before.Length + written));
        return xml;
    }

    public static List<QueuedMessage> Messages(Stream xml)
    {
        var messages = new List<QueuedMessage>();
        using var reader = XmlReader.Create(xml, Plain);
        string id = "", receipt = "", text = "", count = "", inserted = "";
        reader.Read();
        while (!reader.EOF)
        {
            if (reader is { NodeType: XmlNodeType.EndElement, Name: "QueueMessage" })
                messages.Add(new QueuedMessage(id, receipt, Body(text), long.Parse(count, CultureInfo.InvariantCulture), DateTimeOffset.Parse(inserted, CultureInfo.InvariantCulture)));
            if (reader.NodeType is not XmlNodeType.Element) { reader.Read(); continue; }
            switch (reader.Name)   // reading the content moves on to what follows it
            {
                case "MessageId": id = reader.ReadElementContentAsString(); break;
                case "PopReceipt": receipt = reader.ReadElementContentAsString(); break;
                case "MessageText": text = reader.ReadElementContentAsString(); break;
                case "DequeueCount": count = reader.ReadElementContentAsString(); break;
                case "InsertionTime": inserted = reader.ReadElementContentAsString(); break;
                default: reader.Read(); break;
            }
        }
        return messages;
    }

    /// <summary>The bytes; a text that is no base64 (somebody put it there by hand) as it is, so that it can be parked and looked at.</summary>
    private static byte[] Body(string text)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(text.Length);
        var isBase64 = Convert.TryFromBase64String(text, bytes, out var length);
        var body = isBase64 ? bytes[..length] : Encoding.UTF8.GetBytes(text);
        ArrayPool<byte>.Shared.Return(bytes);
        return body;
    }
}

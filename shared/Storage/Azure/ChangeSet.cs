using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Automation.Storage.Azure;

/// <summary>
/// An entity group transaction on the wire: one batch with one changeset of requests, answered by a changeset of answers, or by
/// one refusal whose message starts with the refused action's index and a colon
/// (https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions).
/// </summary>
internal sealed class ChangeSet
{
    /// <summary>The largest transaction the service takes, bytes on the wire.</summary>
    public const int LargestBody = 4 * 1024 * 1024;

    private static ReadOnlySpan<byte> StatusLine => "HTTP/1.1 "u8;
    private readonly string batch = $"batch_{Guid.NewGuid():D}";
    private readonly string changes = $"changeset_{Guid.NewGuid():D}";
    private readonly ArrayBufferWriter<byte> body = new(16 * 1024);

    public ChangeSet(Uri endpoint, string table, TableWrite[] writes, bool ascii = false)
    {
        Append($"--{batch}\r\nContent-Type: multipart/mixed; boundary={changes}\r\n\r\n");
        foreach (var write in writes)
        {
            Append($"--{changes}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n");
            Append($"{write.Method} {endpoint.AbsoluteUri}{write.Address(table)} HTTP/1.1\r\nAccept: application/json;odata=minimalmetadata\r\nDataServiceVersion: 3.0\r\n");
            if (write.IfMatch is { } ifMatch) Append($"If-Match: {ifMatch}\r\n");
            if (write.Type is RowActionKind.Add) Append($"Prefer: return-no-content\r\n");
            if (write.Type is RowActionKind.Delete) Append($"\r\n\r\n");
            else
            {
                Append($"Content-Type: application/json\r\n\r\n");
                EntityJson.Write(body, write.Entity, write.Mark, ascii);
                Append($"\r\n");
            }
        }
        Append($"--{changes}--\r\n--{batch}--\r\n");
        if (body.WrittenCount > LargestBody) throw new ArgumentException($"The transaction has {body.WrittenCount} bytes; at most {LargestBody}.", nameof(writes));
    }

    public ReadOnlyMemory<byte> Body => body.WrittenMemory;

    public string ContentType => $"multipart/mixed; boundary={batch}";

    /// <summary>The refusal in an answer: its status, the index of the action and the service's code; status 0 where there is none.</summary>
    public static (int Status, int? Action, string Code) Refusal(BinaryData answer)
    {
        var bytes = answer.ToMemory().Span;
        var line = bytes.IndexOf(StatusLine);
        if (line < 0 || !Utf8Parser.TryParse(bytes[(line + StatusLine.Length)..], out int status, out _) || status < 300) return default;   // done, all of them
        var text = Encoding.UTF8.GetString(bytes);   // a refusal is the only part
        return (status, IndexIn(text), StorageService.ErrorCode(text));
    }

    /// <summary>The new versions in the actions' order; default where an answer has none (deletes).</summary>
    public static ETag[] ETags(BinaryData answer, int count)
    {
        var etags = new ETag[count];
        var action = -1;
        foreach (var line in Encoding.UTF8.GetString(answer).EnumerateLines())
        {
            if (line.StartsWith("HTTP/1.1 ", StringComparison.Ordinal)) action++;
            else if (line.StartsWith("ETag:", StringComparison.OrdinalIgnoreCase) && action >= 0 && action < count) etags[action] = new ETag(line[5..].Trim().ToString());
        }
        return action == count - 1 ? etags : throw new InvalidDataException($"The transaction of {count} actions was answered by {action + 1} parts.");
    }

    private static int? IndexIn(string text)
    {
        const string Before = "\"value\":\"";
        var start = text.IndexOf(Before, StringComparison.Ordinal) + Before.Length;
        if (start < Before.Length) return null;
        var end = text.IndexOf(':', start);
        return end > start && int.TryParse(text.AsSpan(start, end - start), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
    }

    private void Append(FormattableString text) => Encoding.UTF8.GetBytes(FormattableString.Invariant(text), body);
}

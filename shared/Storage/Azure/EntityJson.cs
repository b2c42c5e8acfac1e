using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Automation.Storage.Azure;

/// <summary>Writes an entity as the service wants it: types that JSON does not tell apart are annotated (https://learn.microsoft.com/rest/api/storageservices/payload-format-for-table-service-operations).</summary>
internal static class EntityJson
{
    private const string Annotation = "@odata.type";
    private static readonly JsonWriterOptions Ascii = new() { SkipValidation = true };
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Appends the entity to <paramref name="buffer"/>, with its mark if it has one; all else than ASCII escaped for a reader that needs that.</summary>
    public static void Write(IBufferWriter<byte> buffer, Row entity, string? mark, bool ascii = false)
    {
        using var json = new Utf8JsonWriter(buffer, ascii ? Ascii : Relaxed);
        json.WriteStartObject();
        json.WriteString("PartitionKey"u8, entity.PartitionKey);
        json.WriteString("RowKey"u8, entity.RowKey);
        foreach (var (name, value) in entity) Write(json, name, value);
        if (mark is not null) json.WriteString(WriteMark.Property, mark);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, object value)
    {
        switch (value)
        {
            case string text: json.WriteString(name, text); break;
            case bool truth: json.WriteBoolean(name, truth); break;
            case int number: json.WriteNumber(name, number); break;
            case long number:
                Annotate(json, name, "Edm.Int64"u8);
                Span<byte> digits = stackalloc byte[20];
                number.TryFormat(digits, out var length, default, null);
                json.WriteString(name, digits[..length]);
                break;
            case double number:
                Annotate(json, name, "Edm.Double"u8);
                if (double.IsFinite(number)) json.WriteNumber(name, number);
                else json.WriteString(name, double.IsNaN(number) ? "NaN"u8 : number > 0 ? "Infinity"u8 : "-Infinity"u8);
                break;
            case DateTimeOffset date:
                Annotate(json, name, "Edm.DateTime"u8);
                json.WriteString(name, date.UtcDateTime);
                break;
            case Guid guid:
                Annotate(json, name, "Edm.Guid"u8);
                json.WriteString(name, guid);
                break;
            case byte[] bytes:
                Annotate(json, name, "Edm.Binary"u8);
                json.WriteBase64String(name, bytes);
                break;
        }
    }

    private static void Annotate(Utf8JsonWriter json, string name, ReadOnlySpan<byte> type)
    {
        Span<char> annotation = stackalloc char[name.Length + Annotation.Length];
        name.CopyTo(annotation);
        Annotation.CopyTo(annotation[name.Length..]);
        json.WriteString(annotation, type);
    }
}

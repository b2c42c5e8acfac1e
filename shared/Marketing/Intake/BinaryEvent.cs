using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Automation.Marketing.Intake;

/// <summary>A CloudEvent in binary mode: its attributes are headers (<c>ce-id</c>, <c>ce-source</c>, <c>ce-type</c>,
/// <c>ce-time</c>, <c>ce-subject</c>), the body is its data (CloudEvents 1.0.2, HTTP protocol binding, 3.1).</summary>
public sealed class BinaryEvent
{
    private static readonly string[] Names = ["id", "source", "type", "time", "subject"];
    private readonly string?[] values;

    private BinaryEvent(string?[] values) => this.values = values;

    /// <summary>Null: the headers are those of an event in structured mode, or of none.</summary>
    /// <param name="header">A header's value by name, any case; null where it is not there.</param>
    public static BinaryEvent? Of(Func<string, string?> header) =>
        header("ce-specversion") is null && header("ce-type") is null
        || header("content-type")?.StartsWith("application/cloudevents", StringComparison.OrdinalIgnoreCase) == true
            ? null
            : new([.. Names.Select(name => header($"ce-{name}"))]);

    /// <summary>What a signature is made over: each attribute as it stands in its header, in the order above, with a
    /// newline behind it, then the body. A body alone could be replayed as another event's.</summary>
    public byte[] Signed(ReadOnlySpan<byte> body) =>
        [.. Encoding.UTF8.GetBytes(string.Concat(values.Select(value => $"{value}\n"))), .. body];

    /// <summary>The same event in structured mode. A body that is not JSON is handed on as it is, to be said and set
    /// aside.</summary>
    public byte[] Structured(ReadOnlySpan<byte> body)
    {
        if (body.StartsWith("\uFEFF"u8)) body = body[3..];
        var isEmpty = body.Trim(" \t\r\n"u8).IsEmpty;
        if (!isEmpty && !IsJson(body)) return body.ToArray();
        var bytes = new ArrayBufferWriter<byte>(body.Length + 200);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("specversion"u8, "1.0");
            for (var n = 0; n < Names.Length; n++)
                // Headers carry what is not ASCII percent-encoded (3.1.3.2).
                if (values[n] is { } value) json.WriteString(Names[n], Uri.UnescapeDataString(value));
            if (!isEmpty)
            {
                json.WritePropertyName("data"u8);
                json.WriteRawValue(body, skipInputValidation: true);
            }
            json.WriteEndObject();
        }
        return bytes.WrittenSpan.ToArray();
    }

    private static bool IsJson(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        try
        {
            while (reader.Read()) { }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

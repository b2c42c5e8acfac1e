using System.Buffers;
using System.Text.Json;

namespace Automation.DurableTask.Functions;

/// <summary>
/// The body of a 200 to an invocation. It must be a JSON object with a JSON content type: without a body the host waits until the
/// function times out. A value is always a string, which the host leaves as it is; dates and long numbers in objects it would rewrite.
/// </summary>
public static class InvocationAnswer
{
    public const string ContentType = "application/json";

    /// <summary>Done, nothing to say: <c>{}</c>.</summary>
    public static ReadOnlyMemory<byte> Done { get; } = "{}"u8.ToArray();

    /// <summary>A text for the trigger, e.g. an activity's result.</summary>
    public static ReadOnlyMemory<byte> Returning(string value)
    {
        var buffer = new ArrayBufferWriter<byte>(value.Length + 64);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("ReturnValue"u8, value);
            json.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }

    /// <summary>Bytes for the trigger, e.g. an orchestrator's actions; in base64.</summary>
    public static ReadOnlyMemory<byte> Returning(ReadOnlySpan<byte> value)
    {
        var buffer = new ArrayBufferWriter<byte>(value.Length / 3 * 4 + 64);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteBase64String("ReturnValue"u8, value);
            json.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }
}

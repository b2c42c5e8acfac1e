using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.DurableTask.Protobuf;

namespace Automation.DurableTask.Functions;

/// <summary>
/// How an activity's outcome travels through the Functions host, which lets only strings through unchanged: the text of
/// <c>{"ok":true,"result":…}</c> or <c>{"ok":false,"type":…,"message":…,"retriable":…,"inner":…}</c>. Stack traces stay in the log.
/// </summary>
public static class ActivityAnswer
{
    private static readonly JsonWriterOptions readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static string Write(TaskOutcome outcome)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, readable))
        {
            if (outcome.Failure is { } failure) Write(json, failure);
            else
            {
                json.WriteStartObject();
                json.WriteBoolean("ok"u8, true);
                if (outcome.Result is { } result)
                {
                    json.WritePropertyName("result"u8);
                    json.WriteRawValue(result, skipInputValidation: true);
                }
                json.WriteEndObject();
            }
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>
    /// What a completed task's result means: the host has written the answer's text as a JSON string (a bare object is taken too).
    /// Anything else was not written here and counts as a failure that no repetition mends.
    /// </summary>
    public static TaskOutcome Read(string? result)
    {
        try
        {
            using var outer = JsonDocument.Parse(result ?? "null");
            if (outer.RootElement.ValueKind is not JsonValueKind.String) return Read(outer.RootElement, result);
            using var inner = JsonDocument.Parse(outer.RootElement.GetString()!);
            return Read(inner.RootElement, result);
        }
        catch (JsonException)
        {
            return Unreadable(result);
        }
    }

    private static void Write(Utf8JsonWriter json, TaskFailureDetails failure)
    {
        json.WriteStartObject();
        json.WriteBoolean("ok"u8, false);
        json.WriteString("type"u8, failure.ErrorType);
        json.WriteString("message"u8, failure.ErrorMessage);
        json.WriteBoolean("retriable"u8, !failure.IsNonRetriable);
        if (failure.InnerFailure is { } inner)
        {
            json.WritePropertyName("inner"u8);
            Write(json, inner);
        }
        json.WriteEndObject();
    }

    private static TaskOutcome Read(JsonElement answer, string? result)
    {
        if (answer.ValueKind is not JsonValueKind.Object || !answer.TryGetProperty("ok"u8, out var ok)) return Unreadable(result);
        if (ok.ValueKind is JsonValueKind.False) return TaskOutcome.Failed(Failure(answer));
        return ok.ValueKind is JsonValueKind.True ? TaskOutcome.Completed(answer.TryGetProperty("result"u8, out var value) ? value.GetRawText() : null) : Unreadable(result);
    }

    private static TaskFailureDetails Failure(JsonElement answer) => new()
    {
        ErrorType = Text(answer, "type"u8),
        ErrorMessage = Text(answer, "message"u8),
        InnerFailure = answer.TryGetProperty("inner"u8, out var inner) && inner.ValueKind is JsonValueKind.Object ? Failure(inner) : null,
        IsNonRetriable = answer.TryGetProperty("retriable"u8, out var retriable) && retriable.ValueKind is JsonValueKind.False,
    };

    private static string Text(JsonElement answer, ReadOnlySpan<byte> name) =>
        answer.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString()! : "";

    private static TaskOutcome Unreadable(string? result) => TaskOutcome.Failed(
        new()
        {
            ErrorType = "System.IO.InvalidDataException",
            ErrorMessage = $"This is no activity's answer: {(result is { Length: > 200 } ? result[..200] : result)}",
            IsNonRetriable = true,
        });
}

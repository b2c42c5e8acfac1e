using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Automation.DurableTask.Functions;

/// <summary>Instances as the management API shows them.</summary>
internal static class InstanceJson
{
    public static OrchestrationMetadata One(ReadOnlyMemory<byte> json, bool payloads, DataConverter converter)
    {
        using var document = JsonDocument.Parse(json);
        return Read(document.RootElement, payloads, converter);
    }

    public static IReadOnlyList<OrchestrationMetadata> Many(ReadOnlyMemory<byte> json, bool payloads, DataConverter converter)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(instance => Read(instance, payloads, converter))];
    }

    /// <summary>How many instances a purge deleted.</summary>
    public static int Deleted(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.TryGetProperty("instancesDeleted"u8, out var deleted) ? deleted.GetInt32() : 0;
    }

    private static OrchestrationMetadata Read(JsonElement instance, bool payloads, DataConverter converter)
    {
        var status = Enum.Parse<OrchestrationRuntimeStatus>(instance.GetProperty("runtimeStatus"u8).GetString()!);
        return new(instance.GetProperty("name"u8).GetString() ?? "", instance.GetProperty("instanceId"u8).GetString()!)
        {
            RuntimeStatus = status,
            CreatedAt = Moment(instance, "createdTime"u8),
            LastUpdatedAt = Moment(instance, "lastUpdatedTime"u8),
            SerializedInput = payloads ? Payload(instance, "input"u8) : null,
            SerializedOutput = payloads ? Payload(instance, "output"u8) : null,
            SerializedCustomStatus = Payload(instance, "customStatus"u8),
            FailureDetails = status is OrchestrationRuntimeStatus.Failed ? Failure(instance) : null,
            DataConverter = payloads ? converter : null,
        };
    }

    private static string? Payload(JsonElement instance, ReadOnlySpan<byte> name) =>
        instance.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value.GetRawText() : null;

    private static DateTimeOffset Moment(JsonElement instance, ReadOnlySpan<byte> name) =>
        instance.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String && value.TryGetDateTimeOffset(out var moment) ? moment : default;

    /// <summary>The API shows why an instance failed as its output, <c>Type: message</c>.</summary>
    private static TaskFailureDetails Failure(JsonElement instance)
    {
        var said = instance.TryGetProperty("output"u8, out var output) && output.ValueKind is JsonValueKind.String ? output.GetString()! : "";
        return said.IndexOf(": ", StringComparison.Ordinal) is > 0 and var colon && !said.AsSpan(0, colon).Contains(' ') 
            ? new(said[..colon], said[(colon + 2)..], null, null, null)
            : new("", said, null, null, null);
    }
}

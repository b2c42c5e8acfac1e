using System.Text.Json;
using Automation.Marketing.Files;

namespace Automation.Marketing.Intake;

/// <summary>An event as other systems tell it: CloudEvents 1.0, JSON format. <see cref="Subject"/> is a customer's
/// identity (<c>email:…</c>).</summary>
public sealed record CloudEvent
{
    public required string Id { get; init; }
    public required string Source { get; init; }
    public required string Type { get; init; }
    public required DateTimeOffset? Time { get; init; }
    public required string? Subject { get; init; }
    public required JsonElement? Data { get; init; }

    /// <summary>Where its trace goes on (the extension <c>traceparent</c>); null: nobody watches.</summary>
    public string? Trace { get; init; }

    /// <summary>The event in an object; <see cref="UnreadableException"/> says what is missing.</summary>
    public static CloudEvent Read(JsonElement json)
    {
        if (json.ValueKind is not JsonValueKind.Object)
            throw new UnreadableException($"A CloudEvent is an object, not {json.ValueKind}.");
        return new CloudEvent
        {
            Id = json.At("id"u8).Text() ?? throw new UnreadableException("The CloudEvent has no id."),
            Source = json.At("source"u8).Text() ?? throw new UnreadableException("The CloudEvent has no source."),
            Type = json.At("type"u8).Text() ?? throw new UnreadableException("The CloudEvent has no type."),
            Time = json.Moment("time"u8),
            Subject = json.At("subject"u8).Text(),
            Data = json.At("data"u8),
            Trace = json.At("traceparent"u8).Text()
        };
    }

    /// <summary>One event, or a batch.</summary>
    public static IEnumerable<CloudEvent> ReadAll(JsonElement json) =>
        json.ValueKind is JsonValueKind.Array ? json.EnumerateArray().Select(Read) : [Read(json)];

    /// <summary>The event or batch of a body, independent of it. <see cref="UnreadableException"/> says where and
    /// what.</summary>
    public static IReadOnlyList<CloudEvent> Parse(ReadOnlyMemory<byte> body)
    {
        using var document = JsonReading.Parse(body);
        var root = document.RootElement;
        return JsonReading.Reading<IReadOnlyList<CloudEvent>>(
            () => [.. ReadAll(root).Select(happened => happened with { Data = happened.Data?.Clone() })]);
    }

    /// <summary>As UTF-8 JSON, e.g. for queue <c>events</c>.</summary>
    public byte[] Write()
    {
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("specversion"u8, "1.0");
            json.WriteString("id"u8, Id);
            json.WriteString("source"u8, Source);
            json.WriteString("type"u8, Type);
            if (Time is { } time) json.WriteString("time"u8, time);
            if (Subject is { } subject) json.WriteString("subject"u8, subject);
            if (Trace is { } trace) json.WriteString("traceparent"u8, trace);
            if (Data is { } data)
            {
                json.WritePropertyName("data"u8);
                data.WriteTo(json);
            }
            json.WriteEndObject();
        }
        return bytes.WrittenSpan.ToArray();
    }
}

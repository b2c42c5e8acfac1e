using System.Buffers;
using System.Text.Json;

namespace Automation.Marketing.Inbox;

/// <summary>An accepted webhook on its way through queue <c>orders</c>: where it came from, when, and its raw
/// body.</summary>
public sealed record Envelope
{
    public required string Source { get; init; }
    public required string Topic { get; init; }

    /// <summary>The platform's own id of the event or delivery; for people who look, nothing relies on it
    /// (WooCommerce's is not unique).</summary>
    public string? Delivery { get; init; }
    public DateTimeOffset? TriggeredAt { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Where its trace goes on (traceparent); null: nobody watches.</summary>
    public string? Trace { get; init; }

    /// <summary>The name under which a body too large for the queue lies in <c>Bodies</c>.</summary>
    public string? Parked { get; init; }

    /// <summary>One line of JSON, a newline, the raw body.</summary>
    public void Write(IBufferWriter<byte> to)
    {
        using (var json = new Utf8JsonWriter(to))
        {
            json.WriteStartObject();
            json.WriteString("source"u8, Source);
            json.WriteString("topic"u8, Topic);
            if (Delivery is { } delivery) json.WriteString("delivery"u8, delivery);
            if (TriggeredAt is { } triggered) json.WriteString("triggeredAt"u8, triggered);
            json.WriteString("receivedAt"u8, ReceivedAt);
            if (Trace is { } trace) json.WriteString("trace"u8, trace);
            if (Parked is { } parked) json.WriteString("parked"u8, parked);
            json.WriteEndObject();
        }
        to.Write("\n"u8);
        to.Write(Body.Span);
    }

    /// <summary>The envelope of a message; the body is a slice of it. InvalidDataException where it is none.</summary>
    public static Envelope Read(ReadOnlyMemory<byte> message)
    {
        var end = message.Span.IndexOf((byte)'\n');
        if (end < 0) throw new InvalidDataException("No envelope: the message has no header line.");
        var reader = new Utf8JsonReader(message.Span[..end]);
        string? source = null, topic = null, delivery = null, trace = null, parked = null;
        DateTimeOffset? triggered = null, received = null;
        reader.Read();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("source"u8)) { reader.Read(); source = reader.GetString(); }
            else if (reader.ValueTextEquals("topic"u8)) { reader.Read(); topic = reader.GetString(); }
            else if (reader.ValueTextEquals("delivery"u8)) { reader.Read(); delivery = reader.GetString(); }
            else if (reader.ValueTextEquals("trace"u8)) { reader.Read(); trace = reader.GetString(); }
            else if (reader.ValueTextEquals("parked"u8)) { reader.Read(); parked = reader.GetString(); }
            else if (reader.ValueTextEquals("triggeredAt"u8)) { reader.Read(); triggered = reader.GetDateTimeOffset(); }
            else if (reader.ValueTextEquals("receivedAt"u8)) { reader.Read(); received = reader.GetDateTimeOffset(); }
            else { reader.Read(); reader.Skip(); }
        }
        return new Envelope
        {
            Source = source ?? throw new InvalidDataException("No envelope: the header names no source."),
            Topic = topic ?? throw new InvalidDataException("No envelope: the header names no topic."),
            Delivery = delivery,
            TriggeredAt = triggered,
            ReceivedAt = received ?? throw new InvalidDataException("No envelope: the header has no time."),
            Trace = trace,
            Parked = parked,
            Body = message[(end + 1)..],
        };
    }
}

using System.Text.Json;

namespace Automation.DurableTask.Functions;

/// <summary>
/// What the Functions host posts to <c>/{FunctionName}</c>: <c>{"Data":{…},"Metadata":{…}}</c>. The host writes a text as a JSON text
/// inside a JSON string, an object as an object and everything else as the text of its JSON; <see cref="Text"/> undoes all of it.
/// </summary>
public sealed class InvocationEnvelope
{
    private static readonly JsonDocumentOptions deep = new() { MaxDepth = 512 };
    private readonly JsonElement data, metadata;

    private InvocationEnvelope(JsonElement data, JsonElement metadata) => (this.data, this.metadata) = (data, metadata);

    /// <summary>Reads a request's body; the result does not hold on to it. InvalidDataException where it is no invocation.</summary>
    public static InvocationEnvelope Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            var root = JsonElement.Parse(body.Span, deep);
            if (root.ValueKind is not JsonValueKind.Object || !root.TryGetProperty("Data", out var data) || data.ValueKind is not JsonValueKind.Object)
                throw new InvalidDataException("No invocation: there is no object 'Data'.");
            return new(data, root.TryGetProperty("Metadata", out var metadata) && metadata.ValueKind is JsonValueKind.Object ? metadata : default);
        }
        catch (JsonException wrong)
        {
            throw new InvalidDataException($"No invocation: {wrong.Message}", wrong);
        }
    }

    /// <summary>What a binding carries: a text as it was before the host wrapped it, anything else as its JSON; null where there is nothing.</summary>
    public string? Text(string binding) => Unwrap(data, binding);

    /// <summary>What the host adds to it, e.g. <c>DequeueCount</c>. Properties of a trigger that is a JSON object lie over these: only for triggers that are none.</summary>
    public string? Metadata(string name) => metadata.ValueKind is JsonValueKind.Object ? Unwrap(metadata, name) : null;

    private static string? Unwrap(JsonElement values, string name)
    {
        if (!values.TryGetProperty(name, out var value)) return null;
        return value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => Inner(value.GetString()!),
            _ => value.GetRawText(),
        };
    }

    /// <summary>The text in a JSON string literal; whatever is none is itself: a number's or array's JSON, base64, a bare text.</summary>
    private static string? Inner(string text)
    {
        if (text == "null") return null;
        if (text is not ['"', .., '"']) return text;
        try
        {
            using var literal = JsonDocument.Parse(text);
            return literal.RootElement.GetString();
        }
        catch (JsonException)
        {
            return text;
        }
    }
}

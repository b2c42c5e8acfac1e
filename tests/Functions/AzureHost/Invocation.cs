using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Automation.Functions.Tests.AzureHost;

/// <summary>Invocations as the Functions host writes them: strings twice encoded, objects as objects, a JSON object's properties laid over the metadata.</summary>
internal static class Invocation
{
    private static readonly JsonSerializerOptions plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(FunctionJson function, string value, bool isObject, string clientBinding, Dictionary<string, string> metadata)
    {
        var data = new JsonObject { [function.Binding] = isObject ? JsonNode.Parse(value) : Quoted(value) };
        if (function.Client is { } client) data[client] = Quoted(clientBinding);
        var around = new JsonObject();
        foreach (var (name, text) in metadata) around[name] = text;
        foreach (var (name, text) in isObject ? [] : Properties(value)) around[name] = text;
        around["sys"] = new JsonObject { ["MethodName"] = function.Name, ["UtcNow"] = DateTime.UtcNow.ToString("O"), ["RandGuid"] = Guid.NewGuid().ToString() };
        return new JsonObject { ["Data"] = data, ["Metadata"] = around }.ToJsonString(plain);
    }

    /// <summary>A .NET string in the host: JSON text inside a JSON string.</summary>
    public static string Quoted(string text) => JsonSerializer.Serialize(text, plain);

    private static IEnumerable<(string, JsonNode?)> Properties(string text)
    {
        if (text.Trim() is not ['{', .., '}']) return [];
        try { return [.. JsonNode.Parse(text)!.AsObject().Where(p => p.Value is not JsonArray).Select(p => (p.Key, p.Value?.DeepClone()))]; }
        catch (JsonException) { return []; }
    }
}

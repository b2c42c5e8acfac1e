using System.Text.Json;

namespace Automation.Functions.Tests.AzureHost;

/// <summary>A function as the Functions host finds it: a folder with a function.json; read independently of the product.</summary>
public sealed record FunctionJson(string Name, string Trigger, string Binding, JsonElement Json, string? Client, int Bindings)
{
    public static List<FunctionJson> ReadAll(string app) =>
        [.. Directory.GetDirectories(app).Where(folder => File.Exists(Path.Combine(folder, "function.json"))).Select(folder => Read(Path.GetFileName(folder), File.ReadAllText(Path.Combine(folder, "function.json"))))];

    private static FunctionJson Read(string name, string text)
    {
        var bindings = JsonDocument.Parse(text).RootElement.GetProperty("bindings").EnumerateArray().ToList();
        var trigger = bindings.Single(b => Text(b, "type").EndsWith("Trigger", StringComparison.Ordinal) && Text(b, "direction") == "in");
        Assert.DoesNotContain(bindings, b => Text(b, "name") == "$return");
        var client = bindings.Find(b => Text(b, "type") == "durableClient");
        return new(name, Text(trigger, "type"), Text(trigger, "name"), trigger, client.ValueKind is JsonValueKind.Object ? Text(client, "name") : null, bindings.Count);
    }

    /// <summary>An HTTP function with nothing but trigger and output gets the request itself; another would get an invocation.</summary>
    public bool IsForwarded => Trigger == "httpTrigger" && Bindings == 2;

    public string Route => Text(Json, "route");
    public string Queue => Text(Json, "queueName");
    public string[] Methods => [.. Json.GetProperty("methods").EnumerateArray().Select(method => method.GetString()!.ToUpperInvariant())];

    private static string Text(JsonElement binding, string name) => binding.GetProperty(name).GetString()!;
}

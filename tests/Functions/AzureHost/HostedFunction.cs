using System.Text.Json;
using Automation.Functions.Tests.AzureHost.Wire;

namespace Automation.Functions.Tests.AzureHost;

/// <summary>A function as the worker names it to its host; read independently of the product.</summary>
internal sealed record HostedFunction(string Name, string Id, JsonElement Trigger, string? Client)
{
    public static HostedFunction Read(RpcFunctionMetadata told)
    {
        var bindings = told.RawBindings.Select(binding => JsonDocument.Parse(binding).RootElement).ToList();
        var trigger = bindings.Single(
            binding => Text(binding, "type").EndsWith("Trigger", StringComparison.OrdinalIgnoreCase));
        var client = bindings.Find(
            binding => Text(binding, "type").Equals("durableClient", StringComparison.OrdinalIgnoreCase));
        return new(told.Name, told.FunctionId, trigger,
            client.ValueKind is JsonValueKind.Object ? Text(client, "name") : null);
    }

    public string Kind => Text(Trigger, "type");
    public string Binding => Text(Trigger, "name");
    public string Route => Text(Trigger, "route");
    public string Queue => Text(Trigger, "queueName");
    public string[] Methods =>
        [.. Trigger.GetProperty("methods").EnumerateArray().Select(method => method.GetString()!.ToUpperInvariant())];

    public bool Is(string kind) => Kind.Equals(kind, StringComparison.OrdinalIgnoreCase);

    /// <summary>Its trigger's value comes as the extension's own object instead of as text.</summary>
    public bool IsDeferred =>
        Trigger.TryGetProperty("properties", out var more)
        && more.TryGetProperty("supportsDeferredBinding", out var deferred)
        && deferred.ToString().Equals("true", StringComparison.OrdinalIgnoreCase);

    private static string Text(JsonElement binding, string name) => binding.GetProperty(name).GetString()!;
}

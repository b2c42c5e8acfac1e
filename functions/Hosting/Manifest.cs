using System.Text.Json;

namespace Automation.Functions.Hosting;

/// <summary>What makes a function run, as its manifest says.</summary>
public abstract record Trigger
{
    /// <summary>A request: route template without leading slash, methods in capitals.</summary>
    public sealed record Http(string Route, IReadOnlyList<string> Methods) : Trigger;

    /// <summary>A message in a queue.</summary>
    public sealed record Queue(string Name) : Trigger;

    /// <summary>The time: an NCRONTAB expression, UTC.</summary>
    public sealed record Timer(string Schedule) : Trigger;

    public sealed record Orchestration : Trigger;
    public sealed record Activity : Trigger;

    private Trigger() { }
}

/// <summary>A function's <c>function.json</c>, the only place that says route, schedule or queue: both hosts read it.</summary>
public sealed record Manifest(string Function, Trigger Trigger)
{
    /// <summary>The name under which the Functions host sends what the trigger carries.</summary>
    public string Binding { get; init; } = "";

    /// <summary>The name of its <c>durableClient</c> binding; null: it has none.</summary>
    public string? Client { get; init; }

    /// <summary>All manifests below a folder, laid out as the Functions host wants them: <c>{Function}/function.json</c>.</summary>
    public static IReadOnlyList<Manifest> ReadAll(string folder) =>
        [.. Directory.EnumerateDirectories(folder)
            .Select(function => Path.Combine(function, "function.json"))
            .Where(File.Exists)
            .Select(file => Read(Path.GetFileName(Path.GetDirectoryName(file)!), File.ReadAllBytes(file)))
            .OrderBy(manifest => manifest.Function, StringComparer.Ordinal)];

    /// <summary>Reads one manifest; InvalidDataException names the function and what is wrong with it.</summary>
    public static Manifest Read(string function, ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var bindings = document.RootElement.GetProperty("bindings").EnumerateArray().ToList();
        var triggers = bindings.FindAll(binding => Text(binding, "type").EndsWith("Trigger", StringComparison.Ordinal));
        if (triggers is not [var binding]) throw new InvalidDataException($"{function}: a function has exactly one trigger, this one has {triggers.Count}.");
        return new Manifest(function, Text(binding, "type") switch
        {
            "httpTrigger" => new Trigger.Http(Text(binding, "route"), Methods(binding)),
            "queueTrigger" => new Trigger.Queue(Text(binding, "queueName")),
            "timerTrigger" => new Trigger.Timer(Text(binding, "schedule")),
            "orchestrationTrigger" => new Trigger.Orchestration(),
            "activityTrigger" => new Trigger.Activity(),
            var unknown => throw new InvalidDataException($"{function}: the trigger {unknown} is not known here."),
        })
        {
            Binding = Text(binding, "name"),
            Client = bindings.Where(other => Text(other, "type") == "durableClient").Select(client => Text(client, "name")).FirstOrDefault(),
        };

        string Text(JsonElement binding, string name) =>
            binding.TryGetProperty(name, out var value) && value.GetString() is { } text ? text
            : throw new InvalidDataException($"{function}: its binding has no '{name}'.");

        static IReadOnlyList<string> Methods(JsonElement binding) =>
            [.. binding.GetProperty("methods").EnumerateArray().Select(method => method.GetString()!.ToUpperInvariant())];
    }
}

using System.Reflection;
using System.Text.Json;

namespace Automation.Functions.Hosting;

/// <summary>What makes a function run, as its attributes say.</summary>
public abstract record Trigger
{
    /// <summary>A request: route template without leading slash, methods in capitals.</summary>
    public sealed record Http(string Route, IReadOnlyList<string> Methods) : Trigger;

    /// <summary>A message in a queue.</summary>
    public sealed record Queue(string Name) : Trigger;

    /// <summary>The time: an NCRONTAB expression, UTC.</summary>
    public sealed record Timer(string Schedule) : Trigger;

    private Trigger() { }
}

/// <summary>One function: what the Functions host would call, and when.</summary>
public sealed record ListedFunction(string Name, MethodInfo Method, Trigger Trigger)
{
    /// <summary>The class it is in, made by the container.</summary>
    public object Create(IServiceProvider services) =>
        ActivatorUtilities.CreateInstance(services, Method.DeclaringType!);
}

/// <summary>The functions of this program, as the worker's own generated metadata lists them: both hosts drive what it
/// says.</summary>
public static class FunctionCatalog
{
    /// <exception cref="InvalidOperationException">A trigger of an unknown kind.</exception>
    public static async Task<IReadOnlyList<ListedFunction>> Read() =>
        [.. (await new GeneratedFunctionMetadataProvider().GetFunctionMetadataAsync("")).Select(function =>
            new ListedFunction(
                function.Name!, Method(function.EntryPoint!), Of(function.Name!, function.RawBindings!)))];

    private static MethodInfo Method(string entryPoint)
    {
        var dot = entryPoint.LastIndexOf('.');
        return typeof(FunctionCatalog).Assembly.GetType(
            entryPoint[..dot], throwOnError: true)!.GetMethod(entryPoint[(dot + 1)..])!;
    }

    private static Trigger Of(string function, IEnumerable<string> bindings)
    {
        foreach (var binding in bindings)
        {
            using var json = JsonDocument.Parse(binding);
            var root = json.RootElement;
            switch (root.GetProperty("type").GetString())
            {
                case "httpTrigger":
                    return new Trigger.Http(
                        root.GetProperty("route").GetString()!,
                        [.. root.GetProperty("methods").EnumerateArray()
                            .Select(one => one.GetString()!.ToUpperInvariant())]);
                case "queueTrigger": return new Trigger.Queue(root.GetProperty("queueName").GetString()!);
                case "timerTrigger": return new Trigger.Timer(root.GetProperty("schedule").GetString()!);
            }
        }
        throw new InvalidOperationException($"{function} has no trigger that is known here.");
    }
}

using System.Reflection;
using Automation.Functions.Hosting;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Local;

/// <summary>Calls a queue's or a timer's function as the Functions host would: the trigger first, then by what they
/// are.</summary>
public sealed class FunctionCall(MethodInfo method, object instance, IServiceProvider services)
{
    public FunctionCall(ListedFunction function, IServiceProvider services)
        : this(function.Method, function.Create(services), services) { }

    /// <summary>What queues and timers run, by the function's name.</summary>
    public static async Task<IReadOnlyDictionary<string, FunctionCall>> All(IServiceProvider services) =>
        (await FunctionCatalog.Read()).Where(function => function.Trigger is not Trigger.Http)
            .ToDictionary(function => function.Name, function => new FunctionCall(function, services));

    private readonly MethodInvoker invoke = MethodInvoker.Create(method);

    /// <summary>What comes with every call, after the trigger: services; null where the call's own token
    /// goes.</summary>
    private readonly object?[] rest = [.. method.GetParameters().Skip(1).Select(parameter =>
        parameter.ParameterType == typeof(CancellationToken)
            ? null : services.GetRequiredService(parameter.ParameterType))];

    /// <summary>With a message of its queue.</summary>
    public Task Run(BinaryData message, CancellationToken cancellation) => Run((object)message, cancellation);

    /// <summary>Its time has come.</summary>
    public Task Run(CancellationToken cancellation) => Run(new TimerInfo(), cancellation);

    private Task Run(object trigger, CancellationToken cancellation)
    {
        object?[] arguments = [trigger, .. rest.Select(one => one ?? cancellation)];
        return (Task)invoke.Invoke(instance, arguments.AsSpan())!;
    }
}

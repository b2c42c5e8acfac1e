using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Local;

/// <summary>Calls a queue's or a timer's function as the Functions host would: parameters by what they are.</summary>
public sealed class FunctionCall(MethodInfo method, object instance, IServiceProvider services)
{
    private readonly MethodInvoker invoke = MethodInvoker.Create(method);
    private readonly Type[] wanted = [.. method.GetParameters().Select(parameter => parameter.ParameterType)];

    /// <summary>With a message of its queue.</summary>
    public Task Run(BinaryData message, CancellationToken cancellation) => Run((object)message, cancellation);

    /// <summary>Its time has come.</summary>
    public Task Run(CancellationToken cancellation) => Run(new TimerInfo(), cancellation);

    private Task Run(object trigger, CancellationToken cancellation)
    {
        var arguments = new object?[wanted.Length];
        for (var n = 0; n < wanted.Length; n++)
            arguments[n] = wanted[n].IsInstanceOfType(trigger) ? trigger
                : wanted[n] == typeof(CancellationToken) ? cancellation
                : services.GetRequiredService(wanted[n]);
        return (Task)invoke.Invoke(instance, arguments.AsSpan())!;
    }
}

using Automation.DurableTask.Embedded;
using DurableTask.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Worker.Shims;
using Microsoft.Extensions.Logging;

namespace Automation.DurableTask.Functions;

/// <summary>
/// Answers the Functions host's activity calls. An activity that fails is an answer (<see cref="ActivityAnswer"/>): the host would
/// replace its type and message. What throws here did not happen; the host records a failed task, and the orchestration calls again.
/// </summary>
public sealed partial class FunctionsActivityEndpoint(DurableTaskRegistry registry, DataConverter converter, ILogger log)
{
    private readonly Tasks tasks = new(registry, TurnPlayer.NoServices);
    private readonly DurableTaskShimFactory shims = TurnPlayer.Shims(converter);

    /// <param name="function">The activity.</param>
    /// <param name="binding">The trigger's name in the manifest.</param>
    /// <param name="invocation">The call.</param>
    /// <param name="aborted">Set when nobody waits for the answer any more.</param>
    public async Task<ReadOnlyMemory<byte>> Answer(string function, string binding, InvocationEnvelope invocation, CancellationToken aborted = default)
    {
        var instance = invocation.Metadata("instanceId") ?? "";
        var outcome = await Run(function, instance, invocation.Text(binding), aborted);
        if (outcome.Failure is { } failure) LogFailed(function, instance, $"{failure.ErrorType}: {failure.ErrorMessage}", failure.StackTrace);
        return InvocationAnswer.Returning(ActivityAnswer.Write(outcome));
    }

    private async Task<TaskOutcome> Run(string name, string instance, string? input, CancellationToken aborted)
    {
        if (tasks.Activity(name) is not { } activity)
            return TaskOutcome.Failed(new() { ErrorType = "ActivityTaskNotFound", ErrorMessage = $"No activity task named '{name}' was found.", IsNonRetriable = true });
        try
        {
            var context = new TaskContext(new OrchestrationInstance { InstanceId = instance });
            return TaskOutcome.Completed(await shims.CreateActivity(name, activity).RunAsync(context, input));
        }
        catch (Exception failure) when (failure is not OutOfMemoryException && !(failure is OperationCanceledException && aborted.IsCancellationRequested))
        {
            return TaskOutcome.Failed(Failures.Of(failure));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Activity} of {Instance} failed: {Failure} {Stack}")]
    private partial void LogFailed(string activity, string instance, string failure, string? stack);
}

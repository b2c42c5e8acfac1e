using Microsoft.DurableTask.Protobuf;

namespace Automation.DurableTask.Functions;

/// <summary>How an activity ended, as a value: a result as JSON text (null: none), or why it failed.</summary>
public readonly record struct TaskOutcome(string? Result, TaskFailureDetails? Failure = null)
{
    public static TaskOutcome Completed(string? result) => new(result);

    public static TaskOutcome Failed(TaskFailureDetails failure) => new(null, failure);
}

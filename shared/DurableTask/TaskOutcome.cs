namespace Automation.DurableTask;

/// <summary>How an activity ended, as a value: a result as JSON text (null: none), or why it failed.</summary>
public readonly record struct TaskOutcome
{
    TaskOutcome(string? result, TaskFailureDetails? failure) => (Result, Failure) = (result, failure);

    public string? Result { get; }

    public TaskFailureDetails? Failure { get; }

    public static TaskOutcome Completed(string? result) => new(result, null);

    public static TaskOutcome Failed(TaskFailureDetails failure) => new(null, failure);
}

namespace Automation.DurableTask;

/// <summary>An activity as the executor sees it; write a <see cref="TaskActivity{TInput, TOutput}"/>.</summary>
public interface ITaskActivity
{
    Type InputType { get; }

    Type OutputType { get; }

    Task<object?> RunAsync(TaskActivityContext context, object? input);
}

/// <summary>Ordinary code with effects, called by an orchestration. Delivered at least once: a second time must be harmless.</summary>
public abstract class TaskActivity<TInput, TOutput> : ITaskActivity
{
    public abstract Task<TOutput> RunAsync(TaskActivityContext context, TInput input);

    Type ITaskActivity.InputType => typeof(TInput);

    Type ITaskActivity.OutputType => typeof(TOutput);

    async Task<object?> ITaskActivity.RunAsync(TaskActivityContext context, object? input) =>
        await RunAsync(context, input is null ? default! : (TInput)input);
}

/// <summary>Who calls an activity.</summary>
public abstract class TaskActivityContext
{
    public abstract TaskName Name { get; }

    /// <summary>The calling orchestration's instance id.</summary>
    public abstract string InstanceId { get; }

    /// <summary>Set when the process stops: an activity that then throws OperationCanceledException is delivered again.</summary>
    public virtual CancellationToken CancellationToken => default;
}

namespace Automation.DurableTask;

/// <summary>An orchestrator as the executor sees it; write a <see cref="TaskOrchestrator{TInput, TOutput}"/>.</summary>
public interface ITaskOrchestrator
{
    Type InputType { get; }

    Type OutputType { get; }

    Task<object?> RunAsync(TaskOrchestrationContext context, object? input);
}

/// <summary>
/// Durable code: replayed from its history at every turn, so it takes time, randomness and results only from its context and
/// awaits nothing but the context's tasks (or combinations of them).
/// </summary>
public abstract class TaskOrchestrator<TInput, TOutput> : ITaskOrchestrator
{
    public abstract Task<TOutput> RunAsync(TaskOrchestrationContext context, TInput input);

    Type ITaskOrchestrator.InputType => typeof(TInput);

    Type ITaskOrchestrator.OutputType => typeof(TOutput);

    async Task<object?> ITaskOrchestrator.RunAsync(TaskOrchestrationContext context, object? input) =>
        await RunAsync(context, input is null ? default! : (TInput)input);
}

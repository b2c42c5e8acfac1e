namespace Automation.DurableTask.Replay;

/// <summary>Something an orchestrator may be waiting for: an activity, a timer, a sub-orchestration, an event.</summary>
internal abstract class OpenCall(string name)
{
    public string Name { get; } = name;

    /// <summary>The action's number; events have none.</summary>
    public int Id { get; set; } = -1;

    /// <summary>Resumes the orchestrator, on this thread and before returning.</summary>
    public abstract void Settle(TaskOutcome outcome);

    public abstract void Cancel(CancellationToken cancellation);
}

/// <inheritdoc cref="OpenCall"/>
internal sealed class OpenCall<T>(string name, DataConverter converter, Func<DataConverter, string?, T> decode) : OpenCall(name)
{
    // Continuations must run inside SetResult: the order of the history is the order of the orchestrator.
    readonly TaskCompletionSource<T> source = new();

    public Task<T> Task => source.Task;

    public override void Settle(TaskOutcome outcome)
    {
        if (outcome.Failure is { } failure)
        {
            source.TrySetException(new TaskFailedException(Name, Id, failure));
            return;
        }
        T result;
        try
        {
            result = decode(converter, outcome.Result);
        }
        catch (Exception unreadable) when (unreadable is System.Text.Json.JsonException or NotSupportedException)
        {
            source.TrySetException(unreadable);
            return;
        }
        source.TrySetResult(result);
    }

    public override void Cancel(CancellationToken cancellation) => source.TrySetCanceled(cancellation);
}

namespace Automation.DurableTask;

/// <summary>
/// All an orchestrator may know and do. Its tasks resume the orchestrator on the turn's own thread, in the history's order;
/// calling it from any other thread throws InvalidOperationException.
/// </summary>
public abstract class TaskOrchestrationContext
{
    public abstract TaskName Name { get; }

    public abstract string InstanceId { get; }

    /// <summary>The orchestration that called this one, if any.</summary>
    public abstract ParentOrchestrationInstance? Parent { get; }

    /// <summary>The time of the current turn (UTC); the same at every replay.</summary>
    public abstract DateTime CurrentUtcDateTime { get; }

    /// <summary>True while what already happened is being repeated: say nothing, log nothing.</summary>
    public abstract bool IsReplaying { get; }

    public abstract T? GetInput<T>();

    /// <exception cref="TaskFailedException">From the task: the activity failed and its retries are used up.</exception>
    public abstract Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null);

    /// <inheritdoc cref="CallActivityAsync{TResult}(TaskName, object?, TaskOptions?)"/>
    public abstract Task CallActivityAsync(TaskName name, object? input = null, TaskOptions? options = null);

    /// <exception cref="TaskFailedException">From the task: the sub-orchestration failed and its retries are used up.</exception>
    public abstract Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null);

    /// <inheritdoc cref="CallSubOrchestratorAsync{TResult}(TaskName, object?, TaskOptions?)"/>
    public abstract Task CallSubOrchestratorAsync(TaskName name, object? input = null, TaskOptions? options = null);

    /// <summary>A timer of any length (cut into segments of three days); cancelling it ends the task as cancelled.</summary>
    public abstract Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken);

    /// <inheritdoc cref="CreateTimer(DateTime, CancellationToken)"/>
    public virtual Task CreateTimer(TimeSpan delay, CancellationToken cancellationToken) => CreateTimer(CurrentUtcDateTime + delay, cancellationToken);

    /// <summary>The next event of that name (case does not matter): the oldest unclaimed one; the longest waiter is served first.</summary>
    public abstract Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default);

    /// <summary>The next event of that name, or TaskCanceledException when the timeout passes first.</summary>
    public virtual async Task<T> WaitForExternalEvent<T>(string eventName, TimeSpan timeout)
    {
        using var noEvent = new CancellationTokenSource();
        using var noTimer = new CancellationTokenSource();
        var heard = WaitForExternalEvent<T>(eventName, noEvent.Token);
        if (heard.IsCompleted) return await heard;
        var timer = CreateTimer(timeout, noTimer.Token);
        var first = await Task.WhenAny(heard, timer);
        (first == heard ? noTimer : noEvent).Cancel();
        return await heard;
    }

    /// <summary>Sends an event to another instance; there is no answer.</summary>
    public abstract void SendEvent(string instanceId, string eventName, object? payload = null);

    /// <summary>What clients see of a running instance: at most 16 KB as UTF-16 JSON (ArgumentException).</summary>
    public abstract void SetCustomStatus(object? customStatus);

    /// <summary>
    /// When the orchestrator returns, it starts afresh with this input and no history. Unclaimed events go along in the order they
    /// came; without <paramref name="preserveUnprocessedEvents"/> those that came before this call are dropped. Events that come
    /// after this call are for the next execution.
    /// </summary>
    public abstract void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true);

    /// <summary>A random-looking id that is the same at every replay.</summary>
    public abstract Guid NewGuid();
}

/// <summary>The orchestration that called another one.</summary>
public sealed record ParentOrchestrationInstance(TaskName Name, string InstanceId);

using System.Globalization;
using Automation.DurableTask.Wire;
using Google.Protobuf.WellKnownTypes;

namespace Automation.DurableTask.Replay;

/// <summary>The context of one turn: turns the orchestrator's wishes into numbered actions and open calls.</summary>
internal sealed class ReplayContext(
    string instanceId, string executionId, ExecutionStartedEvent started, DataConverter converter) : TaskOrchestrationContext
{
    /// <summary>Azure Queues hide a message for at most seven days. Part of every running instance's determinism: never change it.</summary>
    public static readonly TimeSpan LongestTimer = TimeSpan.FromDays(3);

    const int CustomStatusLimit = 16 * 1024;

    readonly int thread = Environment.CurrentManagedThreadId;
    volatile bool turning = true, strayed;
    int guids;

    public ActionLog Actions { get; } = new();

    public EventInbox Events { get; } = new();

    public string? CustomStatus { get; private set; }

    /// <summary>Asked to start afresh, with <see cref="NewInput"/>.</summary>
    public bool ContinuesAsNew { get; private set; }

    public string? NewInput { get; private set; }

    public DateTime Clock { get; set; }

    public bool Replaying { get; set; }

    /// <summary>Code of this orchestration ran on another thread.</summary>
    public bool Strayed => strayed;

    public override TaskName Name { get; } = started.Name;

    public override string InstanceId => instanceId;

    public override ParentOrchestrationInstance? Parent { get; } = started.ParentInstance is { } parent
        ? new(parent.Name, parent.OrchestrationInstance.InstanceId) : null;

    public override DateTime CurrentUtcDateTime => Clock;

    public override bool IsReplaying => Replaying;

    public override T? GetInput<T>() where T : default => converter.Deserialize<T>(started.Input);

    public override Task<T> CallActivityAsync<T>(TaskName name, object? input = null, TaskOptions? options = null) =>
        Activity(name, input, options, static (converter, json) => converter.Deserialize<T>(json)!);

    public override Task CallActivityAsync(TaskName name, object? input = null, TaskOptions? options = null) =>
        Activity<object?>(name, input, options, static (_, _) => null);

    public override Task<T> CallSubOrchestratorAsync<T>(TaskName name, object? input = null, TaskOptions? options = null) =>
        SubOrchestration(name, input, options, static (converter, json) => converter.Deserialize<T>(json)!);

    public override Task CallSubOrchestratorAsync(TaskName name, object? input = null, TaskOptions? options = null) =>
        SubOrchestration<object?>(name, input, options, static (_, _) => null);

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        StayOnThread();
        var due = fireAt.Kind == DateTimeKind.Local ? fireAt.ToUniversalTime() : DateTime.SpecifyKind(fireAt, DateTimeKind.Utc);
        return due - Clock > LongestTimer ? LongTimer(due, cancellationToken) : Segment(due, cancellationToken);
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        StayOnThread();
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<T>(cancellationToken);
        var wait = new OpenCall<T>(eventName, converter, static (converter, json) => converter.Deserialize<T>(json)!);
        if (!Events.Settle(wait) && cancellationToken.CanBeCanceled)
            WhenCancelled(wait, () => Events.Leave(wait), cancellationToken);
        return wait.Task;
    }

    public override void SendEvent(string instanceId, string eventName, object? payload = null)
    {
        StayOnThread();
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        Actions.Add(new() { SendEvent = new() { Instance = new() { InstanceId = instanceId }, Name = eventName, Data = converter.Serialize(payload) } });
    }

    public override void SetCustomStatus(object? customStatus)
    {
        StayOnThread();
        var status = converter.Serialize(customStatus);
        if (status?.Length * sizeof(char) > CustomStatusLimit)
            throw new ArgumentException($"A custom status takes at most {CustomStatusLimit} bytes as UTF-16 JSON; this one takes {status?.Length * sizeof(char)}.", nameof(customStatus));
        CustomStatus = status;
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
    {
        StayOnThread();
        NewInput = converter.Serialize(newInput);
        ContinuesAsNew = true;
        Events.Close(keepUnclaimed: preserveUnprocessedEvents);
    }

    public override Guid NewGuid()
    {
        StayOnThread();
        return DeterministicGuid.Of(string.Create(CultureInfo.InvariantCulture, $"{instanceId}_{Clock:o}_{guids++}"));
    }

    public void StayOnThread()
    {
        if (turning && Environment.CurrentManagedThreadId == thread) return;
        strayed = true;
        throw new InvalidOperationException(
            $"The orchestrator '{Name}' left its thread: it may await only tasks of its TaskOrchestrationContext, no Task.Delay, Task.Run, Task.Yield, ContinueWith or I/O.");
    }

    /// <summary>From here on nothing this orchestration does counts.</summary>
    public void EndTurn() => turning = false;

    Task<T> Activity<T>(TaskName name, object? input, TaskOptions? options, Func<DataConverter, string?, T> decode)
    {
        StayOnThread();
        var wrapped = $"[{converter.Serialize(input) ?? "null"}]";
        return Retries.Call(this, options?.Retry ?? Retries.AfterHostTrouble, Attempt);

        Task<T> Attempt()
        {
            var call = new OpenCall<T>(name, converter, decode);
            Actions.Add(new() { ScheduleTask = new() { Name = name, Input = wrapped } }, call);
            return call.Task;
        }
    }

    Task<T> SubOrchestration<T>(TaskName name, object? input, TaskOptions? options, Func<DataConverter, string?, T> decode)
    {
        StayOnThread();
        var json = converter.Serialize(input);
        var chosen = (options as SubOrchestrationOptions)?.InstanceId;
        return options?.Retry is { } retry ? Retries.Call(this, retry, Attempt) : Attempt();

        Task<T> Attempt()
        {
            var call = new OpenCall<T>(name, converter, decode);
            var child = chosen ?? DeterministicGuid.Of($"{instanceId}_{executionId}_{Actions.NextId}").ToString("N");
            Actions.Add(new() { CreateSubOrchestration = new() { InstanceId = child, Name = name, Version = "", Input = json } }, call);
            return call.Task;
        }
    }

    async Task LongTimer(DateTime due, CancellationToken cancellation)
    {
        while (due - Clock > LongestTimer) await Segment(Clock + LongestTimer, cancellation);
        await Segment(due, cancellation);
    }

    Task Segment(DateTime due, CancellationToken cancellation)
    {
        StayOnThread();
        if (cancellation.IsCancellationRequested) return Task.FromCanceled(cancellation);
        var call = new OpenCall<object?>("", converter, static (_, _) => null);
        var id = Actions.Add(new() { CreateTimer = new() { FireAt = Timestamp.FromDateTime(due) } }, call);
        if (cancellation.CanBeCanceled) WhenCancelled(call, () => Actions.Close(id), cancellation);
        return call.Task;
    }

    void WhenCancelled(OpenCall call, Action leave, CancellationToken cancellation) => cancellation.UnsafeRegister(_ =>
    {
        // A source that cancels by the real clock calls from outside; throwing there would end the process.
        if (!turning || Environment.CurrentManagedThreadId != thread)
        {
            strayed = true;
            return;
        }
        leave();
        call.Cancel(cancellation);
    }, null);
}

using Automation.DurableTask.Wire;
using Google.Protobuf.WellKnownTypes;

namespace Automation.DurableTask.Embedded;

/// <summary>The client of an <see cref="EmbeddedTaskHub"/>: what it accepts is on disk before it answers.</summary>
internal sealed class EmbeddedTaskHubClient(HubStore store, HubQueries queries, TurnRunner turns, Instances instances, DataConverter converter)
    : DurableTaskClient
{
    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var id = options?.InstanceId ?? Guid.NewGuid().ToString("N");
        if (id.Length == 0 || id[0] == '@') throw new ArgumentException("An instance id must not be empty or start with @.", nameof(options));
        var started = new ExecutionStartedEvent { Name = orchestratorName, Input = converter.Serialize(input) };
        if (options?.StartAt is { } at) started.ScheduledStartTimestamp = Timestamp.FromDateTimeOffset(at);
        if (await turns.Start(InstanceState.Start(turns.NewKey(), id, started).Unpack())) return id;
        throw new OrchestrationAlreadyExistsException(id);
    }

    public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default) =>
        Send(instanceId, new() { EventRaised = new() { Name = eventName, Input = converter.Serialize(eventPayload) } }, cancellation);

    public override Task TerminateInstanceAsync(string instanceId, object? output = null, CancellationToken cancellation = default) =>
        Send(instanceId, new() { ExecutionTerminated = new() { Input = converter.Serialize(output) } }, cancellation);

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        Send(instanceId, new() { ExecutionSuspended = new() { Input = reason } }, cancellation);

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        Send(instanceId, new() { ExecutionResumed = new() { Input = reason } }, cancellation);

    private async Task Send(string instanceId, HistoryEvent e, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (await store.Send(instanceId, e) is { } key) instances.Wake(key);
    }

    public override Task<OrchestrationMetadata?> GetInstanceAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        Task.FromResult(queries.Get(instanceId, getInputsAndOutputs));

    public override async IAsyncEnumerable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        filter ??= new();
        for (var after = ""; ;)
        {
            var page = queries.Page(filter, after);
            foreach (var instance in page) yield return instance;
            if (page.Count < filter.PageSize) yield break;
            after = page[^1].InstanceId;
            await Task.Yield();
        }
    }

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitFor(instanceId, getInputsAndOutputs, now => now.RuntimeStatus != OrchestrationRuntimeStatus.Pending, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitFor(instanceId, getInputsAndOutputs, now => now.IsCompleted, cancellation);

    private async Task<OrchestrationMetadata> WaitFor(
        string instanceId, bool getInputsAndOutputs, Func<OrchestrationMetadata, bool> reached, CancellationToken cancellation)
    {
        while (true)
        {
            var next = turns.Waiters.Next(instanceId);
            var now = queries.Get(instanceId, getInputsAndOutputs) ?? throw new ArgumentException($"There is no instance '{instanceId}'.", nameof(instanceId));
            if (reached(now))
            {
                turns.Waiters.Signal(instanceId);
                return now;
            }
            await next.WaitAsync(cancellation);
        }
    }

    public override async Task<PurgeResult> PurgeInstanceAsync(string instanceId, CancellationToken cancellation = default) =>
        new(await queries.Purge(instanceId));

    public override async Task<PurgeResult> PurgeAllInstancesAsync(PurgeInstancesFilter filter, CancellationToken cancellation = default)
    {
        var purged = 0;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var some = await queries.PurgeSome(filter);
            purged += some;
            if (some < 500) return new(purged);
        }
    }
}

using Automation.Sqlite;
using DurableTask.Core.Exceptions;
using Google.Protobuf.WellKnownTypes;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using P = Microsoft.DurableTask.Protobuf;

namespace Automation.DurableTask.Embedded;

/// <summary>The client of an <see cref="EmbeddedTaskHub"/>: what it accepts is on disk before it answers.</summary>
internal sealed class EmbeddedTaskHubClient(
    HubStore store, HubQueries queries, TurnRunner turns, Instances instances, DataConverter converter)
    : DurableTaskClient("embedded")
{
    /// <inheritdoc/>
    /// <remarks>The id of a finished instance may be used again.</remarks>
    /// <exception cref="OrchestrationAlreadyExistsException">A live instance has that id.</exception>
    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName,
        object? input = null,
        StartOrchestrationOptions? options = null,
        CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        Refuse(options?.Tags.Count > 0, "tags");
        Refuse(options?.Version is { Version.Length: > 0 }, "versions");
        Refuse(options?.DedupeStatuses?.Any(IsFinished) == true, "ids that are never used again");
        var id = options?.InstanceId ?? Guid.NewGuid().ToString("N");
        if (id.Length == 0 || id[0] == '@')
            throw new ArgumentException("An instance id must not be empty or start with @.", nameof(options));
        var started = new P.ExecutionStartedEvent { Name = orchestratorName, Input = converter.Serialize(input) };
        if (options?.StartAt is { } at) started.ScheduledStartTimestamp = Timestamp.FromDateTimeOffset(at);
        if (await turns.Start(InstanceState.Start(turns.NewKey(), id, started).Unpack())) return id;
        throw new OrchestrationAlreadyExistsException(IsRunning(id));
    }

    /// <inheritdoc cref="EmbeddedTaskHub.StartTogether"/>
    public async Task<bool> StartTogether(
        TaskName orchestratorName, object? input, string instanceId, Func<SqliteConnection, bool> write, Action written)
    {
        var started = new P.ExecutionStartedEvent { Name = orchestratorName, Input = converter.Serialize(input) };
        var first = new StartWrite(write, written);
        await turns.Start(InstanceState.Start(turns.NewKey(), instanceId, started).Unpack(), first);
        return first.Done;
    }

    /// <summary>Why an id cannot be had.</summary>
    public static string IsRunning(string id) => $"An orchestration with the instance id '{id}' is already running.";

    private static bool IsFinished(string status) => status is not ("Pending" or "Running" or "Suspended");

    private static void Refuse(bool asked, string what)
    {
        if (asked) throw new NotSupportedException($"The embedded task hub does not know {what}.");
    }

    /// <inheritdoc/>
    /// <remarks>An instance that is finished or unknown never sees it.</remarks>
    public override Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default) =>
        Send(instanceId, new() { EventRaised = new() { Name = eventName, Input = converter.Serialize(eventPayload) } },
            cancellation);

    /// <inheritdoc/>
    /// <remarks>At its next turn; a finished instance stays as it is.</remarks>
    public override Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        Refuse(options?.Recursive == true, "ending children with their parent");
        var terminated = new P.ExecutionTerminatedEvent { Input = converter.Serialize(options?.Output) };
        return Send(instanceId, new() { ExecutionTerminated = terminated }, cancellation);
    }

    public override Task SuspendInstanceAsync(
        string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        Send(instanceId, new() { ExecutionSuspended = new() { Input = reason } }, cancellation);

    public override Task ResumeInstanceAsync(
        string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        Send(instanceId, new() { ExecutionResumed = new() { Input = reason } }, cancellation);

    private async Task Send(string instanceId, P.HistoryEvent e, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (await store.Send(instanceId, e) is { } key) instances.Wake(key);
    }

    public override Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        Task.FromResult(queries.Get(instanceId, getInputsAndOutputs));

    /// <inheritdoc/>
    /// <remarks>In the order of their ids.</remarks>
    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        Refuse(filter?.TaskHubNames is not null, "other task hubs");
        var query = filter ?? new OrchestrationQuery();
        return Pageable.Create<OrchestrationMetadata>((after, size, _) =>
        {
            var most = size ?? query.PageSize;
            var page = queries.Page(query with { PageSize = most }, after ?? query.ContinuationToken ?? "");
            var next = page.Count < most ? null : page[^1].InstanceId;
            return Task.FromResult(new Page<OrchestrationMetadata>(page, next));
        });
    }

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitFor(
            instanceId, getInputsAndOutputs, now => now.RuntimeStatus != OrchestrationRuntimeStatus.Pending,
            cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitFor(instanceId, getInputsAndOutputs, now => now.IsCompleted, cancellation);

    private async Task<OrchestrationMetadata> WaitFor(
        string instanceId,
        bool getInputsAndOutputs,
        Func<OrchestrationMetadata, bool> reached,
        CancellationToken cancellation)
    {
        while (true)
        {
            var next = turns.Waiters.Next(instanceId);
            var now = queries.Get(instanceId, getInputsAndOutputs)
                ?? throw new ArgumentException($"There is no instance '{instanceId}'.", nameof(instanceId));
            if (reached(now))
            {
                turns.Waiters.Signal(instanceId);
                return now;
            }
            await next.WaitAsync(cancellation);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Only what is finished; 0 where it is unknown or live.</remarks>
    public override async Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        Refuse(options?.Recursive == true, "forgetting children with their parent");
        return new(await queries.Purge(instanceId));
    }

    /// <inheritdoc/>
    /// <remarks>Only what is finished.</remarks>
    public override async Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        Refuse(options?.Recursive == true, "forgetting children with their parent");
        Refuse(filter.Timeout is not null, "purges with a time limit");
        var purged = 0;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var some = await queries.PurgeSome(filter);
            purged += some;
            if (some < 500) return new(purged);
        }
    }

    public override ValueTask DisposeAsync() => default;
}

namespace Automation.DurableTask;

/// <summary>Starts, watches and steers orchestrations; one implementation per host. Mirrors Microsoft.DurableTask.Client.DurableTaskClient.</summary>
public abstract class DurableTaskClient
{
    /// <summary>Starts an orchestration and answers its instance id. The id of a finished instance may be used again.</summary>
    /// <exception cref="OrchestrationAlreadyExistsException">A live instance has that id.</exception>
    public abstract Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default);

    /// <summary>Hands an event to an instance; one that is finished or unknown never sees it.</summary>
    public abstract Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default);

    /// <summary>The instance, or null where there is none.</summary>
    public abstract Task<OrchestrationMetadata?> GetInstanceAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default);

    public abstract IAsyncEnumerable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null);

    /// <summary>Answers once the instance has left Pending.</summary>
    public abstract Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default);

    /// <summary>Answers once the instance is finished.</summary>
    public abstract Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default);

    /// <summary>Ends an instance at its next turn; a finished one stays as it is.</summary>
    public abstract Task TerminateInstanceAsync(string instanceId, object? output = null, CancellationToken cancellation = default);

    /// <summary>Holds an instance: events are kept, nothing runs until it is resumed.</summary>
    public abstract Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default);

    public abstract Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default);

    /// <summary>Forgets a finished instance; 0 where it is unknown or live.</summary>
    public abstract Task<PurgeResult> PurgeInstanceAsync(string instanceId, CancellationToken cancellation = default);

    /// <summary>Forgets the finished instances that match.</summary>
    public abstract Task<PurgeResult> PurgeAllInstancesAsync(PurgeInstancesFilter filter, CancellationToken cancellation = default);
}

/// <summary>How an instance is started: under which id (default: a new one), and when (default: now).</summary>
public sealed record StartOrchestrationOptions(string? InstanceId = null, DateTimeOffset? StartAt = null);

/// <summary>How many instances were forgotten.</summary>
public sealed record PurgeResult(int PurgedInstanceCount);

/// <summary>Which finished instances to forget: created from (inclusive) to (inclusive), with one of the statuses (null: any finished).</summary>
public sealed record PurgeInstancesFilter(
    DateTimeOffset? CreatedFrom = null, DateTimeOffset? CreatedTo = null, IReadOnlyCollection<OrchestrationRuntimeStatus>? Statuses = null);

/// <summary>Which instances to list, in the order of their ids.</summary>
public sealed record OrchestrationQuery(
    DateTimeOffset? CreatedFrom = null, DateTimeOffset? CreatedTo = null, IReadOnlyCollection<OrchestrationRuntimeStatus>? Statuses = null,
    string? InstanceIdPrefix = null, bool FetchInputsAndOutputs = false)
{
    /// <summary>Instances read at once.</summary>
    public int PageSize { get; init; } = 100;
}

/// <summary>An instance with that id is live.</summary>
public sealed class OrchestrationAlreadyExistsException(string instanceId)
    : Exception($"An orchestration with the instance id '{instanceId}' is already running.")
{
    public string InstanceId { get; } = instanceId;
}

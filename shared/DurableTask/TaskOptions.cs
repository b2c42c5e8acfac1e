namespace Automation.DurableTask;

/// <summary>How a call is made: by default once, without retries.</summary>
public record TaskOptions(TaskRetryOptions? Retry = null)
{
    public static TaskOptions FromRetryPolicy(RetryPolicy policy) => new(new TaskRetryOptions(policy));

    public static TaskOptions FromRetryHandler(AsyncRetryHandler handler) => new(new TaskRetryOptions(handler));

    public static TaskOptions FromRetryHandler(RetryHandler handler) =>
        new(new TaskRetryOptions(context => Task.FromResult(handler(context))));

    public SubOrchestrationOptions WithInstanceId(string instanceId) => new(Retry, instanceId);
}

/// <summary>How a sub-orchestration is called; without an instance id it gets one derived from the caller's execution and call number.</summary>
public sealed record SubOrchestrationOptions(TaskRetryOptions? Retry = null, string? InstanceId = null) : TaskOptions(Retry);

/// <summary>What happens after a failed attempt: a policy, or a handler that decides itself (and may await timers to delay).</summary>
public sealed record TaskRetryOptions
{
    public TaskRetryOptions(RetryPolicy policy) => Policy = policy;

    public TaskRetryOptions(AsyncRetryHandler handler) => Handler = handler;

    public RetryPolicy? Policy { get; }

    public AsyncRetryHandler? Handler { get; }
}

/// <summary>Whether to try again at once; runs inside the orchestration, so the orchestration's rules hold.</summary>
public delegate bool RetryHandler(RetryContext context);

/// <inheritdoc cref="RetryHandler"/>
public delegate Task<bool> AsyncRetryHandler(RetryContext context);

/// <summary>The story of a call so far: attempts made (1 after the first), the last failure, time since the first attempt.</summary>
public sealed record RetryContext(
    TaskOrchestrationContext OrchestrationContext, int LastAttemptNumber, TaskFailureDetails LastFailure, TimeSpan TotalRetryTime);

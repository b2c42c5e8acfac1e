namespace Automation.DurableTask.Replay;

/// <summary>Repeats a failed call as its options say, waiting by durable timers. Only the orchestration knows about retries; the host sees separate calls.</summary>
internal static class Retries
{
    /// <summary>
    /// Where a call says nothing of retries: a delivery that the Functions host failed (the process died or did not
    /// answer) is made again for about an hour; what the activity itself threw is not. Part of running instances' determinism.
    /// </summary>
    public static TaskRetryOptions AfterHostTrouble { get; } = new(
        new RetryPolicy(maxNumberOfAttempts: 14, firstRetryInterval: TimeSpan.FromSeconds(2), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(10)) { HandleFailure = IsTheHosts });

    public static async Task<T> Call<T>(TaskOrchestrationContext context, TaskRetryOptions retry, Func<Task<T>> attempt)
    {
        var first = context.CurrentUtcDateTime;
        for (var attempts = 1; ; attempts++)
        {
            try
            {
                return await attempt();
            }
            catch (TaskFailedException failed)
            {
                if (!await Again(context, retry, attempts, failed.FailureDetails, context.CurrentUtcDateTime - first)) throw;
            }
        }
    }

    static bool IsTheHosts(TaskFailureDetails failure) => failure.ErrorType.StartsWith("Microsoft.Azure.WebJobs.", StringComparison.Ordinal);

    static async Task<bool> Again(
        TaskOrchestrationContext context, TaskRetryOptions retry, int attempts, TaskFailureDetails failure, TimeSpan sinceFirst)
    {
        if (retry.Handler is { } handler) return await handler(new RetryContext(context, attempts, failure, sinceFirst));
        if (retry.Policy?.PauseAfter(attempts, failure, sinceFirst) is not { } pause) return false;
        await context.CreateTimer(pause, CancellationToken.None);
        return true;
    }
}

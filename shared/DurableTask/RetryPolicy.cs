namespace Automation.DurableTask;

/// <summary>
/// Attempts with growing pauses: pause n is first × coefficient^(n-1), at most <see cref="MaxRetryInterval"/>. The pauses are
/// ordinary durable timers. Failures marked as not retriable end the attempts at once.
/// </summary>
public sealed class RetryPolicy
{
    /// <param name="maxNumberOfAttempts">All attempts including the first, at least 1.</param>
    /// <param name="firstRetryInterval">The first pause, more than zero.</param>
    /// <param name="backoffCoefficient">At least 1.</param>
    /// <param name="maxRetryInterval">Default one hour.</param>
    /// <param name="retryTimeout">No further attempt once this much time has passed since the first one; default: no limit.</param>
    public RetryPolicy(
        int maxNumberOfAttempts, TimeSpan firstRetryInterval, double backoffCoefficient = 1,
        TimeSpan? maxRetryInterval = null, TimeSpan? retryTimeout = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxNumberOfAttempts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(firstRetryInterval, TimeSpan.Zero);
        if (!(backoffCoefficient >= 1)) throw new ArgumentOutOfRangeException(nameof(backoffCoefficient), "A coefficient is at least 1.");
        MaxNumberOfAttempts = maxNumberOfAttempts;
        FirstRetryInterval = firstRetryInterval;
        BackoffCoefficient = backoffCoefficient;
        MaxRetryInterval = maxRetryInterval ?? TimeSpan.FromHours(1);
        RetryTimeout = retryTimeout ?? Timeout.InfiniteTimeSpan;
    }

    public int MaxNumberOfAttempts { get; }

    public TimeSpan FirstRetryInterval { get; }

    public double BackoffCoefficient { get; }

    public TimeSpan MaxRetryInterval { get; }

    public TimeSpan RetryTimeout { get; }

    /// <summary>Which failures are worth another attempt; default: all.</summary>
    public Func<TaskFailureDetails, bool>? HandleFailure { get; init; }

    /// <summary>The pause before the next attempt, or null where there is none.</summary>
    public TimeSpan? PauseAfter(int attempt, TaskFailureDetails failure, TimeSpan sinceFirstAttempt)
    {
        if (attempt >= MaxNumberOfAttempts || failure.IsNonRetriable) return null;
        if (RetryTimeout != Timeout.InfiniteTimeSpan && sinceFirstAttempt >= RetryTimeout) return null;
        if (HandleFailure is { } worthIt && !worthIt(failure)) return null;
        var ticks = FirstRetryInterval.Ticks * Math.Pow(BackoffCoefficient, attempt - 1);
        return ticks < MaxRetryInterval.Ticks ? TimeSpan.FromTicks((long)ticks) : MaxRetryInterval;
    }
}

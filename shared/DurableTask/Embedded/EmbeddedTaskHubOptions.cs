namespace Automation.DurableTask.Embedded;

/// <summary>How much the embedded task hub does at once, keeps in mind, and keeps on disk.</summary>
public sealed record EmbeddedTaskHubOptions
{
    /// <summary>Orchestrator turns computed at the same time; waiting for their commits does not count.</summary>
    public int MaxConcurrentOrchestrations { get; init; } = 4;

    /// <summary>Activities run at the same time. One counts until its result is on disk, so a kill repeats at most this
    /// many finished activities.</summary>
    public int MaxConcurrentActivities { get; init; } = 64;

    /// <summary>Instances in memory because they have something to do. Beyond it rows wait on disk until there is
    /// room.</summary>
    public int MaxInstancesInMemory { get; init; } = 10_000;

    /// <summary>How long a finished instance can still be asked about; then its row is deleted.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Times an activity, or a turn, is tried again when the machinery under it failed.</summary>
    public int MaxRetries { get; init; } = 5;

    /// <summary>The clock is looked at again after at most so long: it may be put forward, or the machine suspended,
    /// and timers of the system do not notice.</summary>
    public TimeSpan LongestSleep { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Real time before the first of those retries; doubled for each next one.</summary>
    public TimeSpan FirstRetryAfter { get; init; } = TimeSpan.FromSeconds(1);
}

namespace Automation.Storage.Azure;

/// <summary>
/// How long to wait between two looks into a queue: 50 ms while messages come, doubled after each empty look up to 30 s, so that
/// an idle queue costs 2 requests a minute. A message sent by this process wakes at once whoever waits.
/// </summary>
internal sealed class PollingPace(TimeProvider time)
{
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private readonly Lock gate = new();
    private TimeSpan pause = Shortest;
    private TaskCompletionSource sent = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Somebody looked and found messages, or none.</summary>
    public void Looked(bool found)
    {
        lock (gate) pause = found ? Shortest : TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, Longest.Ticks));
    }

    /// <summary>A message was sent: whoever waits need not.</summary>
    public void Sent()
    {
        TaskCompletionSource waiting;
        lock (gate)
        {
            pause = Shortest;
            waiting = sent;
            sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        waiting.TrySetResult();
    }

    /// <summary>Returns when the next look is due, at the latest after <paramref name="atMost"/>.</summary>
    public async Task Wait(TimeSpan atMost, CancellationToken cancellation)
    {
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task woken;
        TimeSpan due;
        lock (gate) (woken, due) = (sent.Task, pause < atMost ? pause : atMost);
        if (due <= TimeSpan.Zero) return;
        await using var timer = time.CreateTimer(_ => waiter.TrySetResult(), null, due, Timeout.InfiniteTimeSpan);
        await using var cancelling = cancellation.Register(() => waiter.TrySetCanceled(cancellation));
        await await Task.WhenAny(waiter.Task, woken);
    }
}

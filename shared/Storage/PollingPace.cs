namespace Automation.Storage;

/// <summary>How long to wait between two looks into a queue that wakes nobody: 50 ms while messages come, doubled after
/// each empty look up to 30 s: an idle queue costs 2 requests a minute. A message of this process wakes whoever
/// waits.</summary>
internal sealed class PollingPace(TimeProvider time)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50), Longest = TimeSpan.FromSeconds(30);
    private TimeSpan pause = Shortest;
    private TaskCompletionSource sent = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Somebody looked and found messages, or none.</summary>
    public void Looked(bool found) => pause = found ? Shortest : pause * 2 < Longest ? pause * 2 : Longest;

    /// <summary>A message was sent: whoever waits need not.</summary>
    public void Sent()
    {
        pause = Shortest;
        Interlocked.Exchange(ref sent, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    /// <summary>Returns when the next look is due, at the latest after <paramref name="atMost"/>.</summary>
    public async Task Wait(TimeSpan atMost, CancellationToken cancellation)
    {
        var (woken, due) = (Volatile.Read(ref sent).Task, pause < atMost ? pause : atMost);
        cancellation.ThrowIfCancellationRequested();
        if (due <= TimeSpan.Zero) return;
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var timer = time.CreateTimer(_ => waiter.TrySetResult(), null, due, Timeout.InfiniteTimeSpan);
        await Task.WhenAny(waiter.Task, woken).WaitAsync(cancellation);
    }
}

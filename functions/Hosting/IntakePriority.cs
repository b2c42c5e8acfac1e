namespace Automation.Functions.Hosting;

/// <summary>Accepting comes first: while many webhooks are at the door at once, queue work holds back, at most a
/// second, and then goes on one message at a time until the rush is over. At ordinary rates nobody notices
/// it.</summary>
public sealed class IntakePriority(TimeProvider time)
{
    private const int Many = 8;
    private static readonly TimeSpan Lull = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(1);

    private int inside;
    private long began;
    private long lastCrowded = long.MinValue;

    /// <summary>Many webhooks are at the door, or were a moment ago.</summary>
    public bool On =>
        Volatile.Read(ref lastCrowded) is var last and not long.MinValue && time.GetElapsedTime(last) < Lull;

    /// <summary>A webhook is at the door, until it has its answer.</summary>
    public Webhook Enter()
    {
        if (Interlocked.Increment(ref inside) < Many) return new(this);
        var now = time.GetTimestamp();
        if (!On) Volatile.Write(ref began, now);
        Volatile.Write(ref lastCrowded, now);
        return new(this);
    }

    /// <summary>One at the door.</summary>
    public readonly struct Webhook(IntakePriority priority) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref priority.inside);
    }

    /// <summary>Returns when there is no rush, or when this one has been going on for a second.</summary>
    public async ValueTask Hold(CancellationToken cancellation)
    {
        while (On && time.GetElapsedTime(Volatile.Read(ref began)) < LongestHold)
            await Task.Delay(Lull / 2, time, cancellation);
    }
}

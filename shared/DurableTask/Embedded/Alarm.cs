namespace Automation.DurableTask.Embedded;

/// <summary>The hub's one timer: set to the earliest moment (milliseconds since 1970) anybody asked for; each ring
/// clears it.</summary>
internal sealed class Alarm : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly TimeProvider clock;
    private readonly TimeSpan longest;
    private readonly Action ring;
    private readonly ITimer timer;
    private readonly Lock gate = new();
    private long next = long.MaxValue;
    private bool disposed;

    public Alarm(TimeProvider clock, TimeSpan longest, Action ring)
    {
        this.clock = clock;
        this.longest = longest;
        this.ring = ring;
        timer = clock.CreateTimer(_ => Rang(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Arm(long at)
    {
        if (at >= Volatile.Read(ref next)) return;
        lock (gate)
        {
            if (at >= next || disposed) return;
            next = at;
            if (at > clock.GetUtcNow().ToUnixTimeMilliseconds())
            {
                Set(TimeSpan.Zero);
                return;
            }
        }
        Rang();
    }

    private void Set(TimeSpan atLeast)
    {
        var wait = DateTimeOffset.FromUnixTimeMilliseconds(next) - clock.GetUtcNow();
        timer.Change(wait > longest ? longest : wait > atLeast ? wait : atLeast, Timeout.InfiniteTimeSpan);
    }

    /// <summary>System timers count whole milliseconds and may ring a fraction early, and long waits are cut in pieces:
    /// then wait on.</summary>
    private void Rang()
    {
        lock (gate)
        {
            if (disposed || next == long.MaxValue) return;
            if (clock.GetUtcNow().ToUnixTimeMilliseconds() < next)
            {
                Set(Tick);
                return;
            }
            next = long.MaxValue;
        }
        ring();
    }

    public void Dispose()
    {
        lock (gate) disposed = true;
        timer.Dispose();
    }
}

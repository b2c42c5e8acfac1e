using System.Collections.Concurrent;

namespace Automation.DurableTask.Embedded;

/// <summary>Calls things later, each time twice as late, in real time: what failed is the machine and not the calendar.
/// Disposed, it calls whoever still waits at once: what they hold in hand is waited for.</summary>
internal sealed class Backoff(TimeSpan first) : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<ITimer, Action> pending = new();
    private volatile bool disposed;

    /// <summary>Calls <paramref name="again"/> after the wait that follows failure number <paramref name="failures"/>
    /// (from 1), and answers that wait.</summary>
    public TimeSpan Later(int failures, Action again)
    {
        var wait = failures > 16 ? Longest : first * (1 << (failures - 1));
        if (wait > Longest) wait = Longest;
        ITimer? timer = null;
        timer = TimeProvider.System.CreateTimer(
            _ => Call(timer!), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        pending[timer] = again;
        timer.Change(wait, Timeout.InfiniteTimeSpan);
        if (disposed) Call(timer);
        return wait;
    }

    private void Call(ITimer timer)
    {
        if (!pending.TryRemove(timer, out var again)) return;
        timer.Dispose();
        again();
    }

    public void Dispose()
    {
        disposed = true;
        foreach (var timer in pending.Keys) Call(timer);
    }
}

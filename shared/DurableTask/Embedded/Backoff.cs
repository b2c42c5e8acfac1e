using System.Collections.Concurrent;

namespace Automation.DurableTask.Embedded;

/// <summary>Calls things later, each time twice as late, in real time: what failed is the machine and not the calendar.</summary>
internal sealed class Backoff(TimeSpan first) : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<ITimer, bool> pending = new();
    private volatile bool disposed;

    /// <summary>Calls <paramref name="again"/> after the wait that follows failure number <paramref name="failures"/> (from 1), and answers that wait.</summary>
    public TimeSpan Later(int failures, Action again)
    {
        if (disposed) return Longest;
        var wait = failures > 16 ? Longest : first * (1 << (failures - 1));
        if (wait > Longest) wait = Longest;
        ITimer? timer = null;
        timer = TimeProvider.System.CreateTimer(_ =>
        {
            if (!pending.TryRemove(timer!, out bool _)) return;
            timer!.Dispose();
            again();
        }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        pending[timer] = true;
        timer.Change(wait, Timeout.InfiniteTimeSpan);
        return wait;
    }

    public void Dispose()
    {
        disposed = true;
        foreach (var timer in pending.Keys)
            if (pending.TryRemove(timer, out bool _)) timer.Dispose();
    }
}

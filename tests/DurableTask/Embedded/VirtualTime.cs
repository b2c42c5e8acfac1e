namespace Automation.DurableTask.Tests.Embedded;

/// <summary>A clock that stands still until it is moved; timers that are due fire in order, on the thread that moves
/// it.</summary>
internal sealed class VirtualTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<VirtualTimer> timers = [];
    private DateTimeOffset now = start;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate) return now;
    }

    public void Advance(TimeSpan by) => AdvanceTo(GetUtcNow() + by);

    /// <summary>The clock is put forward or back; timers do not notice, as those of a system do not.</summary>
    public void PutForward(TimeSpan by)
    {
        lock (gate)
        {
            now += by;
            foreach (var timer in timers) timer.Shift(by);
        }
    }

    public void AdvanceTo(DateTimeOffset moment)
    {
        while (true)
        {
            VirtualTimer? first;
            lock (gate)
            {
                first = timers.Where(t => t.Due <= moment).MinBy(t => t.Due);
                if (first is null)
                {
                    if (moment > now) now = moment;
                    return;
                }
                if (first.Due > now) now = first.Due;
                timers.Remove(first);
            }
            first.Fire();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class VirtualTimer(VirtualTime time, Action fire) : ITimer
    {
        public DateTimeOffset Due { get; private set; }

        public void Fire() => fire();
        public void Shift(TimeSpan by) => Due += by;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var atOnce = false;
            lock (time.gate)
            {
                time.timers.Remove(this);
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                Due = time.now + dueTime;
                atOnce = dueTime <= TimeSpan.Zero;
                if (!atOnce) time.timers.Add(this);
            }
            if (atOnce) ThreadPool.UnsafeQueueUserWorkItem(_ => fire(), null);
            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

namespace Automation.Functions.Simulation;

/// <summary>A clock that stands still until it is told to jump; what falls due on the way fires in order.</summary>
public sealed class VirtualTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<Timer> timers = [];
    private DateTimeOffset now = start;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate) return now;
    }

    /// <summary>When the earliest timer is due; null: none is set.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (gate) return timers.Count > 0
                && timers.Min(timer => timer.Due) is var due
                && due < DateTimeOffset.MaxValue ? due : null;
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;
    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <summary>Moves to the moment (never back) and fires what is due by then.</summary>
    public void JumpTo(DateTimeOffset moment)
    {
        while (true)
        {
            Timer? due;
            lock (gate)
            {
                due = timers.Where(t => t.Due <= moment).MinBy(t => t.Due);
                if (due is null)
                {
                    if (moment > now) now = moment;
                    return;
                }
                if (due.Due > now) now = due.Due;
                due.Took();
            }
            due.Fire();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        lock (gate) timers.Add(timer);
        return timer;
    }

    private sealed class Timer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan period;
        public DateTimeOffset Due { get; private set; } = DateTimeOffset.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time.gate)
            {
                this.period = period;
                Due = dueTime == Timeout.InfiniteTimeSpan ? DateTimeOffset.MaxValue : time.now + dueTime;
            }
            return true;
        }

        public void Took() => Due = period > TimeSpan.Zero ? Due + period : DateTimeOffset.MaxValue;
        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (time.gate) time.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

namespace Automation.Functions.Tests.Hosting;

/// <summary>A clock moved by hand: timers fire inside <see cref="Advance"/>, in order.</summary>
public sealed class HandTime(DateTimeOffset begin) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<HandTimer> timers = [];
    private DateTimeOffset now = begin;

    public HandTime() : this(new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero)) { }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;
    public override long GetTimestamp() => GetUtcNow().UtcTicks;
    public override DateTimeOffset GetUtcNow() { lock (gate) return now; }

    /// <summary>Timers that are set.</summary>
    public int Waiting { get { lock (gate) return timers.Count(t => t.DueAt is not null); } }

    public void Advance(TimeSpan by)
    {
        var end = GetUtcNow() + by;
        while (true)
        {
            HandTimer? next;
            lock (gate)
            {
                next = timers.Where(t => t.DueAt <= end).MinBy(t => t.DueAt);
                if (next is null) { now = end; return; }
                if (next.DueAt > now) now = next.DueAt!.Value;
                next.DueAt = next.Period > TimeSpan.Zero ? now + next.Period : null;
            }
            next.Fire();
        }
    }

    /// <summary>The clock is set to another time; whoever waits waits as long as before.</summary>
    public void Jump(TimeSpan by)
    {
        lock (gate)
        {
            now += by;
            foreach (var timer in timers) timer.DueAt += by;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new HandTimer(this, callback, state);
        lock (gate) timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class HandTimer(HandTime time, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset? DueAt { get; set; }
        public TimeSpan Period { get; private set; }
        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time.gate)
                (DueAt, Period) = (dueTime == Timeout.InfiniteTimeSpan ? null : time.now + dueTime, period);
            return true;
        }

        public void Dispose() { lock (time.gate) time.timers.Remove(this); }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

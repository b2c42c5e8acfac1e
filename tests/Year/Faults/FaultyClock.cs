namespace Automation.Year.Tests.Faults;

/// <summary>A machine's clock that somebody sets, forwards and back: <see cref="Pass"/> is time, <see cref="Jump"/> is
/// not. Timers count what passes, as those of a system do, and ring once where much passes at once.</summary>
public sealed class FaultyClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<Timer> timers = [];
    private TimeSpan passed, jumped;

    /// <summary>What a clock that nobody sets would show.</summary>
    public DateTimeOffset True
    {
        get { lock (gate) return start + passed; }
    }

    /// <summary>How far it is ahead of the truth.</summary>
    public TimeSpan Ahead
    {
        get { lock (gate) return jumped; }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate) return start + passed + jumped;
    }

    public override long GetTimestamp()
    {
        lock (gate) return passed.Ticks;
    }

    public void Jump(TimeSpan by)
    {
        lock (gate) jumped += by;
    }

    public void Pass(TimeSpan time)
    {
        List<Timer> due;
        lock (gate)
        {
            passed += time;
            due = [.. timers.Where(timer => timer.Due <= passed).OrderBy(timer => timer.Due)];
            foreach (var timer in due) timer.Took(passed);
        }
        foreach (var timer in due) timer.Ring();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        lock (gate) timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(FaultyClock clock, Action ring) : ITimer
    {
        private TimeSpan period = Timeout.InfiniteTimeSpan;

        public TimeSpan Due { get; private set; } = TimeSpan.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            bool now;
            lock (clock.gate)
            {
                this.period = period;
                now = dueTime == TimeSpan.Zero;
                Due = dueTime == Timeout.InfiniteTimeSpan || now ? TimeSpan.MaxValue : clock.passed + dueTime;
                if (now && period > TimeSpan.Zero) Due = clock.passed + period;
            }
            if (now) ThreadPool.QueueUserWorkItem(_ => Ring());
            return true;
        }

        public void Took(TimeSpan now) => Due = period > TimeSpan.Zero ? now + period : TimeSpan.MaxValue;
        public void Ring() => ring();

        public void Dispose()
        {
            lock (clock.gate) clock.timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

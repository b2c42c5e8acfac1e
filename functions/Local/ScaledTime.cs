namespace Automation.Functions.Local;

/// <summary>Time-lapse: the shop's time runs <c>rate</c> times as fast as the clock on the wall, with real
/// timers.</summary>
public sealed class ScaledTime : TimeProvider
{
    private readonly DateTimeOffset begin;
    private readonly double rate;
    private readonly TimeProvider wall;
    private readonly long beganAt;

    /// <param name="begin">The shop's time now.</param>
    /// <param name="rate">Shop seconds per second; more than zero.</param>
    /// <param name="wall">The real clock.</param>
    public ScaledTime(DateTimeOffset begin, double rate, TimeProvider? wall = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate);
        (this.begin, this.rate, this.wall) = (begin, rate, wall ?? System);
        beganAt = this.wall.GetTimestamp();
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;
    public override long GetTimestamp() => (long)(wall.GetElapsedTime(beganAt).Ticks * rate);

    // Along the monotonic clock: a correction of the wall clock must not become a jump of days.
    public override DateTimeOffset GetUtcNow() => begin.AddTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new ScaledTimer(this, callback, state, dueTime, period);

    /// <summary>A real timer that looks at the shop's clock when it fires and waits on if it is early.</summary>
    private sealed class ScaledTimer : ITimer
    {
        private readonly ScaledTime time;
        private readonly TimerCallback callback;
        private readonly object? state;
        private readonly ITimer real;
        private readonly Lock gate = new();
        private TimeSpan period;
        private long? dueAt;

        public ScaledTimer(ScaledTime time, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (this.time, this.callback, this.state) = (time, callback, state);
            real = time.wall.CreateTimer(
                static timer => ((ScaledTimer)timer!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Change(dueTime, period);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (gate)
            {
                this.period = period;
                dueAt = dueTime == Timeout.InfiniteTimeSpan ? null : time.GetTimestamp() + dueTime.Ticks;
                return Arm();
            }
        }

        private bool Arm()
        {
            if (dueAt is not { } due) return real.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            var left = Math.Ceiling(Math.Max(0, due - time.GetTimestamp()) / time.rate / TimeSpan.TicksPerMillisecond);
            return real.Change(TimeSpan.FromMilliseconds(Math.Min(left, int.MaxValue)), Timeout.InfiniteTimeSpan);
        }

        private void Fire()
        {
            lock (gate)
            {
                if (dueAt is not { } due) return;
                if (time.GetTimestamp() < due) { Arm(); return; }
                dueAt = period == Timeout.InfiniteTimeSpan || period == TimeSpan.Zero ? null
                    : Math.Max(due, time.GetTimestamp() - period.Ticks) + period.Ticks;
                Arm();
            }
            callback(state);
        }

        public void Dispose() => real.Dispose();
        public ValueTask DisposeAsync() => real.DisposeAsync();
    }
}

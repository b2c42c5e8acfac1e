namespace Automation.Marketing;

/// <summary>Notices that the clock was put back since it was last looked at: what was to be waited for until a moment
/// has to be waited for longer then, and whoever sleeps until then shall look again.</summary>
/// <param name="first">What the first look says: it does not know what was before this process.</param>
public sealed class SetBack(TimeProvider time, bool first)
{
    private readonly Lock gate = new();
    private (DateTimeOffset At, long Stamp)? last;

    public bool Look()
    {
        lock (gate)
        {
            var (now, stamp) = (time.GetUtcNow(), time.GetTimestamp());
            var wasSet =
                last is var (at, since) ? ClockJumps.IsAhead(at + time.GetElapsedTime(since, stamp), now) : first;
            last = (now, stamp);
            return wasSet;
        }
    }
}

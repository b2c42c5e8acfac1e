using Microsoft.Extensions.Logging;

namespace Automation.DurableTask.Embedded;

/// <summary>Looks up in the tables what nobody holds in memory: at the start and after an overflow all that is in hand,
/// when the alarm rings the timers that are due, earliest first, and finished instances past their retention. Runs one
/// at a time and only when asked.</summary>
internal sealed class Sweep : IDisposable
{
    private const int Page = 1_000;

    private readonly HubStore store;
    private readonly Instances instances;
    private readonly HubTools tools;
    private readonly Alarm alarm;
    private readonly Slots<int> oneAtATime;
    private (long Due, long Key) seen;
    private volatile bool rewind = true;
    private int asked, failures;

    public Sweep(HubStore store, Instances instances, HubTools tools)
    {
        (this.store, this.instances, this.tools) = (store, instances, tools);
        oneAtATime = new(1, sweep => _ = Run());
        alarm = new(tools.Clock, tools.Options.LongestSleep, Request);
    }

    /// <summary>Wakes somebody then; a timer that comes in behind those already looked at makes the next sweep start
    /// over.</summary>
    public void Arm(long at)
    {
        if (at <= Volatile.Read(ref seen.Due)) rewind = true;
        alarm.Arm(at);
    }

    /// <summary>Asks for one more; those asked for and not begun are one.</summary>
    public void Request()
    {
        if (Interlocked.Exchange(ref asked, 1) == 1) return;
        instances.InHand.Enter();
        oneAtATime.Add(0);
    }

    private async Task Run()
    {
        tools.Running.Enter();
        try
        {
            Volatile.Write(ref asked, 0);
            if (!instances.Open) return;
            var now = tools.Clock.GetUtcNow().ToUnixTimeMilliseconds();
            TakeUpWhatIsInHand();
            if (WakeDue(now) && store.NextDue(now) is { } next) Arm(next);
            while (store.NextPurge() is { } purge)
            {
                if (purge > now) { alarm.Arm(purge); break; }
                await store.Purge(now);
            }
            failures = 0;
        }
        catch (Exception e)
        {
            instances.LeftOnDisk();
            tools.Log.LogError(
                e, "The task hub could not look up what is due; again in {Wait}.",
                tools.Backoff.Later(++failures, Request));
        }
        finally
        {
            oneAtATime.GiveBack(1);
            instances.InHand.Leave();
            tools.Running.Leave();
        }
    }

    private void TakeUpWhatIsInHand()
    {
        if (!instances.TakeOverflow()) return;
        rewind = true;
        var ready = store.Ready(instances.Most);
        // Before anybody is woken: those who leave memory while the others are still being woken ask for the rest.
        if (ready.Count >= instances.Most) instances.LeftOnDisk();
        foreach (var key in ready)
            if (!instances.IsLive(key) && !instances.Wake(key)) return;
    }

    /// <summary>False: there was no room for all.</summary>
    private bool WakeDue(long now)
    {
        if (rewind || seen.Due > now) (rewind, seen) = (false, default);
        while (true)
        {
            var due = store.Due(now, seen, Page);
            foreach (var timer in due)
            {
                if (!instances.Wake(timer.Key)) return false;
                seen = timer;
            }
            if (due.Count < Page) return true;
        }
    }

    public void Dispose() => alarm.Dispose();
}

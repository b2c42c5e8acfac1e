using Automation.DurableTask.Wire;

namespace Automation.DurableTask.Replay;

/// <summary>External events by name (case does not matter): unclaimed ones in the order they came, waiters in the order they asked.</summary>
internal sealed class EventInbox
{
    readonly List<HistoryEvent> unclaimed = [];
    readonly List<OpenCall> waiters = [];
    bool closed;

    public int Waiters => waiters.Count;

    public IReadOnlyList<HistoryEvent> Unclaimed => unclaimed;

    public void Deliver(HistoryEvent raised)
    {
        var first = closed ? -1 : waiters.FindIndex(w => Same(w.Name, raised.EventRaised.Name));
        if (first < 0)
        {
            unclaimed.Add(raised);
            return;
        }
        var waiter = waiters[first];
        waiters.RemoveAt(first);
        waiter.Settle(TaskOutcome.Completed(raised.EventRaised.Input));
    }

    /// <summary>Gives the oldest unclaimed event of its name to the waiter, or lets it wait (false).</summary>
    public bool Settle(OpenCall waiter)
    {
        var oldest = unclaimed.FindIndex(e => Same(e.EventRaised.Name, waiter.Name));
        if (oldest < 0)
        {
            waiters.Add(waiter);
            return false;
        }
        var raised = unclaimed[oldest];
        unclaimed.RemoveAt(oldest);
        waiter.Settle(TaskOutcome.Completed(raised.EventRaised.Input));
        return true;
    }

    public void Leave(OpenCall waiter) => waiters.Remove(waiter);

    /// <summary>What comes from now on is for the next execution: a wait left behind must not swallow it.</summary>
    public void Close(bool keepUnclaimed)
    {
        closed = true;
        if (!keepUnclaimed) unclaimed.Clear();
    }

    static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}

namespace Automation.Storage.Sqlite;

/// <summary>A message somebody holds, with the receipt that proves it.</summary>
internal readonly record struct LeasedMessage(long Id, long Receipt, int DequeueCount);

/// <summary>Which messages of a queue can be taken, which are hidden until when and who holds them: all in memory, so
/// that taking the oldest looks at nothing else. Ticks are UTC. Safe for many threads.</summary>
internal sealed class QueueOrder
{
    private readonly record struct Seen(long VisibleAt, long Receipt, int DequeueCount);

    private readonly Lock gate = new();
    private readonly SortedSet<long> visible = [];
    private readonly SortedSet<(long VisibleAt, long Id)> hidden = [];
    private readonly Dictionary<long, Seen> seen = [];   // taken or delayed at least once
    private readonly HashSet<TaskCompletionSource> waiters = [];

    public QueueOrder(List<StoredMessage> messages, long now)
    {
        foreach (var message in messages) Place(message.Id, new Seen(message.VisibleAt, 0, message.DequeueCount), now);
    }

    public int Count
    {
        get { lock (gate) return visible.Count + hidden.Count; }
    }

    public void Add(long id, long visibleAt, long now)
    {
        lock (gate) Place(id, new Seen(visibleAt, 0, 0), now);
    }

    /// <summary>Hides up to <paramref name="most"/> of the oldest visible messages until <paramref name="until"/> and
    /// raises their count.</summary>
    public List<LeasedMessage> Take(int most, long until, long now, Era receipts)
    {
        lock (gate)
        {
            ShowDue(now);
            var taken = new List<LeasedMessage>(Math.Min(most, visible.Count));
            while (taken.Count < most && visible.Count > 0)
            {
                var id = visible.Min;
                visible.Remove(id);
                var lease = new Seen(until, receipts.Next(), seen.GetValueOrDefault(id).DequeueCount + 1);
                Place(id, lease, now);
                taken.Add(new LeasedMessage(id, lease.Receipt, lease.DequeueCount));
            }
            return taken;
        }
    }

    /// <summary>Undoes a <see cref="Take"/> that could not be recorded.</summary>
    public void PutBack(List<LeasedMessage> messages, long now)
    {
        lock (gate)
        {
            foreach (var (id, receipt, count) in messages)
                if (TryRemove(id, receipt)) Place(id, new Seen(0, 0, count - 1), now);
        }
    }

    /// <summary>Takes the message out altogether; false where it is gone or was leased again.</summary>
    public bool Remove(long id, long receipt, out int dequeueCount)
    {
        lock (gate)
        {
            dequeueCount = seen.GetValueOrDefault(id).DequeueCount;
            return TryRemove(id, receipt);
        }
    }

    /// <summary>Puts a removed message back, visible.</summary>
    public void Restore(long id, long receipt, int dequeueCount, long now)
    {
        lock (gate) Place(id, new Seen(0, receipt, dequeueCount), now);
    }

    /// <summary>Changes when the message shows; its receipt stays good. False where it is gone or was leased
    /// again.</summary>
    public bool Hide(long id, long receipt, long until, long now)
    {
        lock (gate)
        {
            var count = seen.GetValueOrDefault(id).DequeueCount;
            if (!TryRemove(id, receipt)) return false;
            Place(id, new Seen(until, receipt, count), now);
            return true;
        }
    }

    /// <summary>Null where a message is visible; else a task that completes when one has come or a sooner one is
    /// hidden, and when the first hidden one shows (<see cref="long.MaxValue"/>: none). Give it back to
    /// <see cref="Forget"/>.</summary>
    public TaskCompletionSource? Wait(long now, out long showsAt)
    {
        lock (gate)
        {
            ShowDue(now);
            showsAt = hidden.Count > 0 ? hidden.Min.VisibleAt : long.MaxValue;
            if (visible.Count > 0) return null;
            var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiters.Add(waiter);
            return waiter;
        }
    }

    public void Forget(TaskCompletionSource waiter)
    {
        lock (gate) waiters.Remove(waiter);
    }

    private void Place(long id, Seen state, long now)
    {
        var sooner = true;
        if (state.VisibleAt <= now) visible.Add(id);
        else
        {
            hidden.Add((state.VisibleAt, id));
            sooner = hidden.Min.Id == id;
        }
        if (state is { DequeueCount: 0, Receipt: 0 } && state.VisibleAt <= now) seen.Remove(id);
        else seen[id] = state;
        if (!sooner) return;
        foreach (var waiter in waiters) waiter.TrySetResult();
        waiters.Clear();
    }

    private bool TryRemove(long id, long receipt)
    {
        if (!seen.TryGetValue(id, out var state) || state.Receipt != receipt) return false;
        seen.Remove(id);
        return hidden.Remove((state.VisibleAt, id)) || visible.Remove(id);
    }

    private void ShowDue(long now)
    {
        while (hidden.Count > 0 && hidden.Min is var first && first.VisibleAt <= now)
        {
            hidden.Remove(first);
            visible.Add(first.Id);
        }
    }
}

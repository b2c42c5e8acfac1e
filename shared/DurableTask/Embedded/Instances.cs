using System.Collections.Concurrent;

namespace Automation.DurableTask.Embedded;

/// <summary>The instances that have something to do. A wake only says "look": events are found in the message rows,
/// timers in the history, answers of activities in memory; so one wake too many is harmless, and one for an unknown
/// instance too.</summary>
internal sealed class Instances
{
    private readonly int most;
    private readonly ConcurrentDictionary<long, LiveInstance> live = new();
    private volatile bool open;
    private int overflowed;

    public Instances(EmbeddedTaskHubOptions options, Action<LiveInstance> turn)
    {
        most = options.MaxInstancesInMemory;
        Turns = new(options.MaxConcurrentOrchestrations, turn);
    }

    public Slots<LiveInstance> Turns { get; }

    /// <summary>False until the hub is started and again once it stops: rows are written, nothing is run.</summary>
    public bool Open { get => open; set => open = value; }

    /// <summary>Instances in memory, and whatever else keeps the hub from being idle.</summary>
    public Tally InHand { get; } = new();

    /// <summary>There is room again for rows that were left on disk.</summary>
    public required Action Refill { get; init; }

    public int Room => most - InHand.Count;

    public int Most => most;

    /// <summary>Whether something was left on disk for want of room since the last call.</summary>
    public bool TakeOverflow() => Interlocked.Exchange(ref overflowed, 0) == 1;

    /// <summary>There may be rows that nobody in memory knows of.</summary>
    public void LeftOnDisk() => Volatile.Write(ref overflowed, 1);

    public bool IsLive(long key) => live.ContainsKey(key);

    /// <summary>There may be something new for this instance. False: no room; its rows are looked up again when there
    /// is.</summary>
    public bool Wake(long key)
    {
        if (!Open) return true;
        while (true)
        {
            if (!live.TryGetValue(key, out var instance) && (instance = Add(key)) is null) return false;
            if (instance.Poke() is not { } mustQueue) continue;
            if (mustQueue) Turns.Add(instance);
            return true;
        }
    }

    private LiveInstance? Add(long key)
    {
        if (Room <= 0)
        {
            LeftOnDisk();
            RefillIfRoom();
            return null;
        }
        InHand.Enter();
        var created = new LiveInstance(key);
        var instance = live.GetOrAdd(key, created);
        if (!ReferenceEquals(instance, created)) InHand.Leave();
        return instance;
    }

    /// <summary>An activity has ended; its instance is in memory, for it does not leave with activities in
    /// hand.</summary>
    public void Hand(LiveInstance instance, Answer answer)
    {
        if (instance.Hand(answer)) Turns.Add(instance);
    }

    /// <summary>Where a turn slot is free: a new instance inside its first turn, and the slot. Otherwise
    /// null.</summary>
    public LiveInstance? TryBegin(InstanceState state)
    {
        if (!Open || Room <= 0 || !Turns.TryTake()) return null;
        InHand.Enter();
        var instance = LiveInstance.InFirstTurn(state.Key);
        instance.State = state;
        live[state.Key] = instance;
        return instance;
    }

    /// <summary>The turn is saved, or there was none: once more, or wait for activities, or out of memory.</summary>
    public void EndTurn(LiveInstance instance, bool again)
    {
        switch (instance.EndTurn(again))
        {
            case LiveInstance.After.Again:
                Turns.Add(instance);
                break;
            case LiveInstance.After.Gone:
                live.TryRemove(new(instance.Key, instance));
                RefillIfRoom();
                InHand.Leave();
                RefillIfRoom();
                break;
        }
    }

    private void RefillIfRoom()
    {
        if (Volatile.Read(ref overflowed) == 1 && Room > most / 2) Refill();
    }
}

using System.Collections.Concurrent;

namespace Automation.DurableTask.Embedded;

/// <summary>Runs things on the thread pool in the order they came, at most so many at once; a slot stays taken until it
/// is given back.</summary>
internal sealed class Slots<T>(int count, Action<T> run) : IThreadPoolWorkItem
{
    private readonly ConcurrentQueue<T> waiting = new();
    private int free = count;

    public void Add(T item)
    {
        waiting.Enqueue(item);
        Start();
    }

    /// <summary>Takes a slot for oneself where one is free and nobody waits for it.</summary>
    public bool TryTake() => waiting.IsEmpty && TakeFree();

    public void GiveBack(int slots)
    {
        if (slots == 0) return;
        Interlocked.Add(ref free, slots);
        Start();
    }

    void IThreadPoolWorkItem.Execute()
    {
        if (waiting.TryDequeue(out var item)) run(item);
        else GiveBack(1);
    }

    private void Start()
    {
        while (!waiting.IsEmpty && TakeFree()) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private bool TakeFree()
    {
        for (var seen = Volatile.Read(ref free); seen > 0;)
        {
            var found = Interlocked.CompareExchange(ref free, seen - 1, seen);
            if (found == seen) return true;
            seen = found;
        }
        return false;
    }
}

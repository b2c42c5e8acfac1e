namespace Automation.DurableTask.Embedded;

/// <summary>Counts what is going on and tells when nothing is.</summary>
internal sealed class Tally
{
    private readonly Lock gate = new();
    private TaskCompletionSource? zero;
    private int count;

    public int Count => Volatile.Read(ref count);

    public void Enter() => Interlocked.Increment(ref count);

    public void Leave()
    {
        if (Interlocked.Decrement(ref count) != 0) return;
        lock (gate)
        {
            if (Count != 0) return;
            zero?.TrySetResult();
            zero = null;
        }
    }

    public Task WhenZero()
    {
        lock (gate)
        {
            if (Count == 0) return Task.CompletedTask;
            return (zero ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }
}

namespace Automation.DurableTask.Embedded;

/// <summary>Callers who wait until an instance has moved on.</summary>
internal sealed class Waiters
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, TaskCompletionSource> waiting = [];
    private volatile bool any;

    /// <summary>Completes with the instance's next saved turn.</summary>
    public Task Next(string instanceId)
    {
        lock (gate)
        {
            any = true;
            if (!waiting.TryGetValue(instanceId, out var next))
                waiting[instanceId] = next = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return next.Task;
        }
    }

    public void Signal(string instanceId)
    {
        if (!any) return;
        lock (gate)
        {
            if (waiting.Remove(instanceId, out var next)) next.SetResult();
            any = waiting.Count > 0;
        }
    }
}

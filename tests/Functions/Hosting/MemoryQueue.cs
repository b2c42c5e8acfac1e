using Automation.Functions.Local;
using Automation.Storage;

namespace Automation.Functions.Tests.Hosting;

/// <summary>A queue that shows hidden messages again at once and writes down for how long they would have been
/// hidden.</summary>
public sealed class MemoryQueue() : Queue("orders")
{
    private readonly Lock gate = new();
    private readonly List<QueuedMessage> visible = [];
    private readonly HashSet<string> there = [];
    private TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<TimeSpan> Hidden { get; } = [];
    public TaskCompletionSource Renewed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>When this many messages are left the task completes.</summary>
    public async Task Left(int count)
    {
        while (true)
        {
            Task changed;
            lock (gate)
            {
                if (there.Count == count) return;
                changed = Changed.Task;
            }
            await changed;
        }
    }

    private TaskCompletionSource Changed { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Put(string id, long dequeued = 0)
    {
        lock (gate)
        {
            there.Add(id);
            visible.Add(new QueuedMessage
            {
                Id = id,
                Receipt = "",
                Body = System.Text.Encoding.UTF8.GetBytes(id),
                DequeueCount = dequeued,
                InsertedOn = DateTimeOffset.UnixEpoch,
            });
            arrived.TrySetResult();
        }
    }

    public override Task<IReadOnlyList<QueuedMessage>> Receive(
        int maxMessages, TimeSpan visibilityTimeout, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (gate)
        {
            var taken = visible.Take(maxMessages)
                .Select(m => m with { DequeueCount = m.DequeueCount + 1, Receipt = $"{m.DequeueCount + 1}" }).ToList();
            visible.RemoveRange(0, taken.Count);
            if (visible.Count == 0) arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
            held.AddRange(taken);
            return Task.FromResult<IReadOnlyList<QueuedMessage>>(taken);
        }
    }

    private readonly List<QueuedMessage> held = [];

    public override Task<WriteResult> Delete(
        string messageId, string popReceipt, CancellationToken cancellation = default)
    {
        lock (gate)
        {
            held.RemoveAll(m => m.Id == messageId);
            there.Remove(messageId);
            Changed.TrySetResult();
            Changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return Task.FromResult(new WriteResult(204));
        }
    }

    public override Task<WriteResult> ChangeVisibility(
        string messageId, string popReceipt, TimeSpan visibilityTimeout, CancellationToken cancellation = default)
    {
        lock (gate)
        {
            Hidden.Add(visibilityTimeout);
            if (visibilityTimeout >= new Automation.Functions.Local.PumpLimits().Lease) Renewed.TrySetResult();
            else if (held.Find(m => m.Id == messageId) is { } message)
            {
                held.Remove(message);
                visible.Add(message);
                arrived.TrySetResult();
            }
            return Task.FromResult(new WriteResult(204));
        }
    }

    public override Task Wait(TimeSpan atMost, CancellationToken cancellation = default)
    {
        lock (gate) return arrived.Task.WaitAsync(cancellation);
    }

    public override Task CreateIfMissing(CancellationToken cancellation = default) => Task.CompletedTask;
    public override Task Send(ReadOnlyMemory<byte> body, TimeSpan visibilityTimeout = default,
        CancellationToken cancellation = default) => throw new NotSupportedException();
    public override Task<int> ApproximateCount(
        CancellationToken cancellation = default)
    { lock (gate) return Task.FromResult(there.Count); }
}

using Automation.Storage;

namespace Automation.Functions.Tests.Hosting;

/// <summary>A queue that shows hidden messages again at once and writes down for how long they would have been hidden.</summary>
public sealed class MemoryQueue() : QueueClient("orders")
{
    private readonly Lock gate = new();
    private readonly List<QueueMessage> visible = [];
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
            visible.Add(new QueueMessage(id, "", System.Text.Encoding.UTF8.GetBytes(id), dequeued, DateTimeOffset.UnixEpoch));
            arrived.TrySetResult();
        }
    }

    public override Task<IReadOnlyList<QueueMessage>> ReceiveMessagesAsync(int maxMessages, TimeSpan visibilityTimeout, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (gate)
        {
            var taken = visible.Take(maxMessages).Select(m => m with { DequeueCount = m.DequeueCount + 1, PopReceipt = $"{m.DequeueCount + 1}" }).ToList();
            visible.RemoveRange(0, taken.Count);
            if (visible.Count == 0) arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
            held.AddRange(taken);
            return Task.FromResult<IReadOnlyList<QueueMessage>>(taken);
        }
    }

    private readonly List<QueueMessage> held = [];

    public override Task<Response> DeleteMessageAsync(string messageId, string popReceipt, CancellationToken cancellation = default)
    {
        lock (gate)
        {
            held.RemoveAll(m => m.MessageId == messageId);
            there.Remove(messageId);
            Changed.TrySetResult();
            Changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return Task.FromResult(new Response(204));
        }
    }

    public override Task<Response> UpdateMessageAsync(string messageId, string popReceipt, TimeSpan visibilityTimeout, CancellationToken cancellation = default)
    {
        lock (gate)
        {
            Hidden.Add(visibilityTimeout);
            if (visibilityTimeout >= new Automation.Functions.Hosting.PumpLimits().Lease) Renewed.TrySetResult();
            else if (held.Find(m => m.MessageId == messageId) is { } message)
            {
                held.Remove(message);
                visible.Add(message);
                arrived.TrySetResult();
            }
            return Task.FromResult(new Response(204));
        }
    }

    public override Task WaitAsync(TimeSpan atMost, CancellationToken cancellation = default)
    {
        lock (gate) return arrived.Task.WaitAsync(cancellation);
    }

    public override Task CreateIfNotExistsAsync(CancellationToken cancellation = default) => Task.CompletedTask;
    public override Task SendMessageAsync(ReadOnlyMemory<byte> body, TimeSpan visibilityTimeout = default, CancellationToken cancellation = default) => throw new NotSupportedException();
    public override Task<int> GetApproximateMessagesCountAsync(CancellationToken cancellation = default) { lock (gate) return Task.FromResult(there.Count); }
}

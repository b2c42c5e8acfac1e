namespace Automation.Storage;

/// <summary>A message taken from a queue: invisible to others until its lease runs out; delete it with its receipt once
/// done.</summary>
public sealed record QueuedMessage
{
    public required string Id { get; init; }
    public required string Receipt { get; init; }
    public required ReadOnlyMemory<byte> Body { get; init; }
    public required long DequeueCount { get; init; }
    public required DateTimeOffset InsertedOn { get; init; }

    /// <summary>The largest body, bytes: 64 KiB of base64.</summary>
    public const int LargestBody = 48 * 1024;
}

/// <summary>One queue, with Azure Queue Storage's semantics: at least once, visibility leases, a dequeue count. Bodies
/// up to 48 KiB. Leases run on real time, also in time-lapse.</summary>
public abstract class Queue(string name)
{
    public string Name { get; } = name;

    /// <summary>Creates the queue where it is missing.</summary>
    public abstract Task CreateIfMissing(CancellationToken cancellation = default);

    /// <summary>Puts a message; when the task completes it is on disk. ArgumentException above
    /// <see cref="QueuedMessage.LargestBody"/>.</summary>
    public abstract Task Send(
        ReadOnlyMemory<byte> body, TimeSpan visibilityTimeout = default, CancellationToken cancellation = default);

    /// <summary>Takes up to 32 visible messages, oldest first, each with its dequeue count raised and leased for
    /// <paramref name="visibilityTimeout"/>.</summary>
    public abstract Task<IReadOnlyList<QueuedMessage>> Receive(
        int maxMessages, TimeSpan visibilityTimeout, CancellationToken cancellation = default);

    /// <summary>204; 404 where the message is gone or was leased again since.</summary>
    public abstract Task<WriteResult> Delete(
        string messageId, string popReceipt, CancellationToken cancellation = default);

    /// <summary>As <see cref="Delete"/>, for whoever does not wait for it: it may take some milliseconds longer, to
    /// share the way with other writes. A message that is still there after a kill comes again.</summary>
    public virtual Task<WriteResult> DeleteUnhurried(string messageId, string popReceipt) =>
        Delete(messageId, popReceipt, CancellationToken.None);

    /// <summary>Changes when the message shows again (0: now); 404 where the message is gone or was leased again
    /// since.</summary>
    public abstract Task<WriteResult> ChangeVisibility(
        string messageId, string popReceipt, TimeSpan visibilityTimeout, CancellationToken cancellation = default);

    /// <summary>Roughly how many messages there are, leased ones included.</summary>
    public abstract Task<int> ApproximateCount(CancellationToken cancellation = default);

    /// <summary>Returns when there may be something to receive, or after <paramref name="atMost"/>.</summary>
    public abstract Task Wait(TimeSpan atMost, CancellationToken cancellation = default);
}

/// <summary>The queues of one file or account.</summary>
public abstract class QueueService
{
    /// <summary>The queue of this name; the same object for the same name.</summary>
    public abstract Queue GetQueue(string queueName);
}

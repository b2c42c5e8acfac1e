namespace Automation.Storage;

/// <summary>A message taken from a queue: invisible to others until its lease runs out; delete it with its receipt once done.</summary>
public sealed record QueueMessage(string MessageId, string PopReceipt, ReadOnlyMemory<byte> Body, long DequeueCount, DateTimeOffset InsertedOn);

/// <summary>
/// One queue, with Azure Queue Storage's semantics: at least once, visibility leases, a dequeue count. Bodies up to 48 KiB.
/// Named after Azure.Storage.Queues.QueueClient. Leases run on real time, also in time-lapse.
/// </summary>
public abstract class QueueClient(string name)
{
    /// <summary>The largest body, bytes: 64 KiB of base64.</summary>
    public const int LargestBody = 48 * 1024;

    public string Name { get; } = name;

    /// <summary>Creates the queue where it is missing.</summary>
    public abstract Task CreateIfNotExistsAsync(CancellationToken cancellation = default);

    /// <summary>Puts a message; when the task completes it is on disk. ArgumentException above <see cref="LargestBody"/>.</summary>
    public abstract Task SendMessageAsync(ReadOnlyMemory<byte> body, TimeSpan visibilityTimeout = default, CancellationToken cancellation = default);

    /// <summary>Takes up to 32 visible messages, oldest first, each with its dequeue count raised and leased for <paramref name="visibilityTimeout"/>.</summary>
    public abstract Task<IReadOnlyList<QueueMessage>> ReceiveMessagesAsync(int maxMessages, TimeSpan visibilityTimeout, CancellationToken cancellation = default);

    /// <summary>204; 404 where the message is gone or was leased again since.</summary>
    public abstract Task<Response> DeleteMessageAsync(string messageId, string popReceipt, CancellationToken cancellation = default);

    /// <summary>Changes when the message shows again (0: now); 404 where the message is gone or was leased again since.</summary>
    public abstract Task<Response> UpdateMessageAsync(string messageId, string popReceipt, TimeSpan visibilityTimeout, CancellationToken cancellation = default);

    /// <summary>Roughly how many messages there are, leased ones included.</summary>
    public abstract Task<int> GetApproximateMessagesCountAsync(CancellationToken cancellation = default);

    /// <summary>Returns when there may be something to receive, or after <paramref name="atMost"/>.</summary>
    public abstract Task WaitAsync(TimeSpan atMost, CancellationToken cancellation = default);
}

/// <summary>The account's queues (Azure.Storage.Queues.QueueServiceClient).</summary>
public abstract class QueueServiceClient
{
    /// <summary>A client of one queue; the same object for the same name.</summary>
    public abstract QueueClient GetQueueClient(string queueName);
}

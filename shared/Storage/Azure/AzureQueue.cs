using System.Collections.Concurrent;
using System.Text;
using Azure;
using Azure.Storage.Queues;

namespace Automation.Storage.Azure;

/// <summary>One queue. Everything is at least once: a put whose first try got no answer may be there twice, a receive
/// whose answer was lost is seen again when its lease runs out. Messages never expire. Times are whole seconds, rounded
/// up.</summary>
internal sealed class AzureQueue(string name, QueueClient client) : Queue(name)
{
    private const int Many = 10_000;
    private static readonly TimeSpan Never = TimeSpan.FromSeconds(-1);
    private readonly PollingPace pace = new(TimeProvider.System);
    // A message gets a new receipt whenever its lease is changed; callers keep the one they were given.
    private readonly ConcurrentDictionary<string, (string Given, string Now)> renewed = new(StringComparer.Ordinal);

    public override async Task CreateIfMissing(CancellationToken cancellation)
    {
        using var scope = Call.Begin("queue.create", out _);
        await client.CreateIfNotExistsAsync(cancellationToken: cancellation);
    }

    public override async Task Send(ReadOnlyMemory<byte> body, TimeSpan hidden, CancellationToken cancellation)
    {
        QueueRules.CheckBody(body);
        using var scope = Call.Begin("queue.send", out _);
        await client.SendMessageAsync(Convert.ToBase64String(body.Span), Seconds(hidden), Never, cancellation);
        if (hidden == TimeSpan.Zero) pace.Sent();
    }

    public override async Task<IReadOnlyList<QueuedMessage>> Receive(
        int maxMessages, TimeSpan hidden, CancellationToken cancellation)
    {
        QueueRules.CheckReceive(maxMessages, hidden);
        using var scope = Call.Begin("queue.receive", out _);
        var messages = (await client.ReceiveMessagesAsync(maxMessages, Seconds(hidden), cancellation)).Value;
        pace.Looked(messages.Length > 0);
        return [.. messages.Select(message => new QueuedMessage
        {
            Id = message.MessageId,
            Receipt = message.PopReceipt,
            Body = Body(message.MessageText),
            DequeueCount = message.DequeueCount,
            InsertedOn = message.InsertedOn!.Value,
        })];
    }

    public override async Task<WriteResult> Delete(string id, string receipt, CancellationToken cancellation)
    {
        using var scope = Call.Begin("queue.delete", out _);
        var answer = await Answer(client.DeleteMessageAsync(id, Current(id, receipt), cancellation));
        renewed.TryRemove(id, out _);
        return new(answer is null ? 404 : 204);
    }

    public override async Task<WriteResult> ChangeVisibility(
        string id, string receipt, TimeSpan hidden, CancellationToken cancellation)
    {
        using var scope = Call.Begin("queue.update", out _);
        var request = client.UpdateMessageAsync(id, Current(id, receipt), (string?)null, Seconds(hidden), cancellation);
        var answer = await Answer(request);
        if (renewed.Count >= Many) renewed.Clear();   // others finished them; a message still in hand is seen again
        if (answer is null || hidden == TimeSpan.Zero) renewed.TryRemove(id, out _);
        else renewed[id] = (receipt, answer.Value.PopReceipt);
        if (answer is not null && hidden == TimeSpan.Zero) pace.Sent();
        return new(answer is null ? 404 : 204);
    }

    public override async Task<int> ApproximateCount(CancellationToken cancellation)
    {
        using var scope = Call.Begin("queue.count", out _);
        return (await client.GetPropertiesAsync(cancellation)).Value.ApproximateMessagesCount;
    }

    public override Task Wait(TimeSpan atMost, CancellationToken cancellation) => pace.Wait(atMost, cancellation);

    private string Current(string id, string receipt) =>
        renewed.TryGetValue(id, out var renewal) && renewal.Given == receipt ? renewal.Now : receipt;

    /// <summary>Null for a message that is gone or that somebody else has taken since (400).</summary>
    private static async Task<T?> Answer<T>(Task<T> request) where T : class
    {
        try { return await request; }
        catch (RequestFailedException gone) when ((gone.Status, gone.ErrorCode) is
            (404, "MessageNotFound") or (400, "PopReceiptMismatch" or "InvalidQueryParameterValue"))
        { return null; }
    }

    /// <summary>Base64, as the Functions host reads it; what somebody put there by hand as it is.</summary>
    private static byte[] Body(string text)
    {
        var body = new byte[text.Length];
        return Convert.TryFromBase64String(text, body, out var length) ? body[..length] : Encoding.UTF8.GetBytes(text);
    }

    private static TimeSpan Seconds(TimeSpan hidden) =>
        TimeSpan.FromSeconds(Math.Ceiling(QueueRules.Hiding(hidden).TotalSeconds));
}

using System.Globalization;
using Azure.Core;

namespace Automation.Storage.Azure;

/// <summary>
/// One queue over the REST API. Everything is at least once: a put whose first try got no answer may be there twice, a receive
/// whose answer was lost is seen again when its lease runs out. Messages never expire. Times are whole seconds, rounded up.
/// </summary>
internal sealed class AzureQueue(string name, StorageService service, TimeProvider time) : Queue(name)
{
    private const int MostMessages = 32;
    private static readonly TimeSpan LongestHiding = TimeSpan.FromDays(7);
    private readonly PollingPace pace = new(time);
    private readonly Receipts receipts = new(time);
    private volatile bool created;

    /// <inheritdoc/>
    public override async Task CreateIfMissing(CancellationToken cancellation = default)
    {
        if (created) return;
        using var message = service.Request("queue.create", RequestMethod.Put, Name);
        await service.Send(message, cancellation);
        if (message.Response.Status is not (201 or 204) && !(message.Response.Status == 409 && StorageService.ErrorCode(message) == "QueueAlreadyExists"))
            throw StorageService.Failed(message, Name);
        created = true;
    }

    /// <inheritdoc/>
    public override async Task Send(ReadOnlyMemory<byte> body, TimeSpan visibilityTimeout = default, CancellationToken cancellation = default)
    {
        if (body.Length > QueuedMessage.LargestBody) throw new ArgumentException($"The body has {body.Length} bytes; at most {QueuedMessage.LargestBody}.", nameof(body));
        var path = $"{Name}/messages?visibilitytimeout={Seconds(visibilityTimeout)}&messagettl=-1";
        using var message = service.Request("queue.send", RequestMethod.Post, path, QueueXml.Message(body.Span), "application/xml");
        await service.Send(message, cancellation);
        if (message.Response.Status != 201) throw StorageService.Failed(message, Name);
        if (visibilityTimeout == TimeSpan.Zero) pace.Sent();
    }

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<QueuedMessage>> Receive(int maxMessages, TimeSpan visibilityTimeout, CancellationToken cancellation = default)
    {
        if (maxMessages is < 1 or > MostMessages) throw new ArgumentOutOfRangeException(nameof(maxMessages), maxMessages, "1 to 32 messages at a time.");
        ArgumentOutOfRangeException.ThrowIfEqual(visibilityTimeout, TimeSpan.Zero);
        using var message = service.Request("queue.receive", RequestMethod.Get, $"{Name}/messages?numofmessages={maxMessages}&visibilitytimeout={Seconds(visibilityTimeout)}");
        await service.Send(message, cancellation);
        if (message.Response.Status != 200) throw StorageService.Failed(message, Name);
        var messages = QueueXml.Messages(message.Response.Content.ToStream());
        pace.Looked(messages.Count > 0);
        return messages;
    }

    /// <inheritdoc/>
    public override async Task<WriteResult> Delete(string messageId, string popReceipt, CancellationToken cancellation = default)
    {
        using var message = service.Request("queue.delete", RequestMethod.Delete, Held(messageId, popReceipt));
        await service.Send(message, cancellation);
        var answer = Answer(message);
        receipts.Forget(messageId);
        return answer;
    }

    /// <inheritdoc/>
    public override async Task<WriteResult> ChangeVisibility(string messageId, string popReceipt, TimeSpan visibilityTimeout, CancellationToken cancellation = default)
    {
        var seconds = Seconds(visibilityTimeout);
        using var message = service.Request("queue.update", RequestMethod.Put, $"{Held(messageId, popReceipt)}&visibilitytimeout={seconds}");   // no body: the text stays
        await service.Send(message, cancellation);
        var answer = Answer(message);
        if (answer.Done && seconds > 0 && message.Response.Headers.TryGetValue("x-ms-popreceipt", out var renewed)) receipts.Renewed(messageId, popReceipt, renewed, visibilityTimeout);
        else receipts.Forget(messageId);
        if (answer.Done && seconds == 0) pace.Sent();
        return answer;
    }

    /// <inheritdoc/>
    public override async Task<int> ApproximateCount(CancellationToken cancellation = default)
    {
        using var message = service.Request("queue.count", RequestMethod.Get, $"{Name}?comp=metadata");
        await service.Send(message, cancellation);
        return message.Response.Status == 200 && message.Response.Headers.TryGetValue("x-ms-approximate-messages-count", out var count)
            ? int.Parse(count, CultureInfo.InvariantCulture)
            : throw StorageService.Failed(message, Name);
    }

    /// <inheritdoc/>
    public override Task Wait(TimeSpan atMost, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return pace.Wait(atMost, cancellation);
    }

    private string Held(string messageId, string popReceipt) =>
        $"{Name}/messages/{Uri.EscapeDataString(messageId)}?popreceipt={Uri.EscapeDataString(receipts.Current(messageId, popReceipt))}";

    /// <summary>204, or 404 for a message that is gone or that somebody else has taken since: the service says 400 for the latter.</summary>
    private WriteResult Answer(HttpMessage message) => (message.Response.Status, message.Response.Status < 300 ? "" : StorageService.ErrorCode(message)) switch
    {
        (204, _) => new WriteResult(204),
        (404, "MessageNotFound") or (400, "PopReceiptMismatch" or "InvalidQueryParameterValue") => new WriteResult(404),
        _ => throw StorageService.Failed(message, Name),
    };

    private static long Seconds(TimeSpan timeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(timeout, LongestHiding);
        return (timeout.Ticks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond;
    }
}

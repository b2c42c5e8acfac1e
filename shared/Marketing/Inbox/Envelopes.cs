using System.Buffers;
using System.Security.Cryptography;
using System.Text.Unicode;
using Automation.Storage;

namespace Automation.Marketing.Inbox;

/// <summary>Puts accepted webhooks on a queue: one operation for a normal one; a body too large, or no UTF-8 (the
/// Functions host would hand it on as text and lose bytes), travels by name and lies in <c>Bodies</c>. The name is made
/// from the contents: the same body twice is one, and a retry after a kill finds its place again.</summary>
public sealed class Envelopes(Queue queue, Table bodies)
{
    /// <summary>The queue's name, and the partition of its bodies.</summary>
    public string Queue => queue.Name;

    /// <summary>When this completes the webhook is durable and may be answered.</summary>
    public async Task Put(Envelope envelope, CancellationToken cancellation = default)
    {
        if (Tracing.Here is { } trace) envelope = envelope with { Trace = trace };
        var message = new ArrayBufferWriter<byte>(envelope.Body.Length + 380);
        if (envelope.Body.Length <= QueuedMessage.LargestBody && Utf8.IsValid(envelope.Body.Span))
            envelope.Write(message);
        if (message.WrittenCount is 0 or > QueuedMessage.LargestBody)
        {
            message.ResetWrittenCount();
            (await Park(envelope, cancellation)).Write(message);
        }
        await queue.Send(message.WrittenMemory, cancellation: cancellation);
    }

    /// <summary>Lays the body into <c>Bodies</c>; answers the envelope that names it.</summary>
    public async Task<Envelope> Park(Envelope envelope, CancellationToken cancellation = default)
    {
        var name =
            $"{Keys.Safe(envelope.Source)}-{Keys.Safe(envelope.Topic)}-"
            + $"{Convert.ToHexStringLower(SHA256.HashData(envelope.Body.Span))[..32]}";
        await Bodies.Write(bodies, queue.Name, name, envelope.Body, cancellation);
        return envelope with { Parked = name, Body = default };
    }

    /// <summary>The envelope of a message, with its body; null where the body is gone: an earlier delivery of the same
    /// was handled.</summary>
    public async Task<Envelope?> Open(ReadOnlyMemory<byte> message, CancellationToken cancellation = default)
    {
        var envelope = Envelope.Read(message);
        if (envelope.Parked is not { } name) return envelope;
        return await Bodies.Read(bodies, queue.Name, name, cancellation) is { } body ? envelope with { Body = body }
            : null;
    }

    /// <summary>Clears away the parked body of a webhook that has been handled.</summary>
    public Task Forget(Envelope envelope, CancellationToken cancellation = default) =>
        envelope.Parked is { } name ? Bodies.Delete(bodies, queue.Name, name, cancellation) : Task.CompletedTask;
}

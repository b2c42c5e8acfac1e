using Automation.Marketing;
using Automation.Marketing.Inbox;
using Automation.Storage;

namespace Automation.Functions.Attention;

/// <summary>Sets a message aside to be looked at, with the reason; the same message twice is one row.</summary>
public delegate Task ParkMessage(QueuedMessage message, string reason, CancellationToken cancellation);

/// <summary>Where hopeless messages go: kept whole, with the reason, under a name made from the message; twice is
/// once.</summary>
public sealed class ParkMessages(
    [FromKeyedServices(Queues.Orders)] Envelopes orders,
    [FromKeyedServices(Queues.Engagement)] Envelopes engagement,
    Parking parking)
{
    private readonly Envelopes[] queues = [orders, engagement];

    /// <summary>The place for messages of this queue.</summary>
    public ParkMessage Of(string queue)
    {
        var envelopes = Array.Find(queues, envelopes => envelopes.Queue == queue);
        return async (message, reason, cancellation) =>
        {
            if (envelopes is not null) await ParkEnvelope(envelopes, message, reason, cancellation);
            else await parking.Park(Bare(message, queue), reason);
            Meters.Parked(queue);
        };
    }

    private async Task ParkEnvelope(
        Envelopes envelopes, QueuedMessage message, string reason, CancellationToken cancellation)
    {
        Envelope? envelope;
        try { envelope = await envelopes.Open(message.Body, cancellation); }
        catch (InvalidDataException) { envelope = Bare(message, envelopes.Queue); }
        if (envelope is null) return;
        await parking.Park(envelope, reason);
        await envelopes.Forget(envelope, cancellation);
    }

    private static Envelope Bare(QueuedMessage message, string queue) =>
        new() { Source = queue, Topic = "message", ReceivedAt = message.InsertedOn, Body = message.Body };
}

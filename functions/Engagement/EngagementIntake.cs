using System.Diagnostics;
using Automation.Functions.Hosting;
using Automation.Marketing;
using Automation.Marketing.Engagement;
using Automation.Marketing.Inbox;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Automation.Functions.Engagement;

/// <summary>Understands accepted batches of events: what became of sends, and what follows from it.</summary>
public sealed class EngagementIntake(DurableClients clients, [FromKeyedServices(
    Queues.Engagement)] Envelopes envelopes, EngagementService desk, Parking parking)
{
    /// <summary>Batches at a time: each is up to 768 KB and thousands of small writes, many at once only take
    /// memory.</summary>
    private static readonly SemaphoreSlim Room = new(4);

    [Function(nameof(EngagementIntake))]
    public async Task Run(
        [QueueTrigger(Queues.Engagement)] BinaryData message, [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        clients.Learn(durable);
        await Room.WaitAsync(cancellation);
        try
        {
            if (await envelopes.Open(message.ToMemory(), cancellation) is not { } envelope) return;
            using var span = Tracing.CarryOn(nameof(EngagementIntake), ActivityKind.Consumer, envelope.Trace);
            var notices = SendGridEventReader.Read(envelope.Body);
            foreach (var unreadable in notices.OfType<SendGridEvent.Unreadable>())
                await parking.Park(
                    envelope with { Topic = "event", Body = unreadable.Body, Parked = null }, unreadable.Reason);
            await desk.Take(notices, cancellation);
            await envelopes.Forget(envelope, cancellation);
        }
        finally
        {
            Room.Release();
        }
    }
}

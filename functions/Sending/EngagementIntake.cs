using System.Diagnostics;
using Automation.Marketing;
using Automation.Marketing.Engagement;
using Automation.Marketing.Events;
using Automation.Marketing.Orders;
using Automation.Storage;

namespace Automation.Functions.Sending;

/// <summary>Understands accepted batches of events: what became of sends, and what follows from it.</summary>
public sealed class EngagementIntake(Envelopes envelopes, EngagementDesk desk, Parking parking, EventHandling handling)
{
    /// <summary>Batches at a time: each is up to 768 KB and thousands of small writes, many at once only take memory.</summary>
    private static readonly SemaphoreSlim Room = new(4);

    public async Task Run(QueuedMessage message, CancellationToken cancellation)
    {
        await Room.WaitAsync(cancellation);
        try
        {
            if (await envelopes.Open(message.Body, cancellation) is not { } envelope) return;
            using var span = Tracing.CarryOn(nameof(EngagementIntake), ActivityKind.Consumer, envelope.Trace);
            var notices = SendGridEvents.Read(envelope.Body);
            foreach (var unreadable in notices.OfType<SendGridNotice.Unreadable>())
                await parking.Park(envelope with { Topic = "event", Body = unreadable.Body, Parked = null }, unreadable.Reason);
            await desk.Take(notices, handling, cancellation);
            await envelopes.Forget(envelope, cancellation);
        }
        finally
        {
            Room.Release();
        }
    }
}

using System.Diagnostics;
using Automation.Marketing;
using Automation.Marketing.Events;
using Automation.Marketing.Orders;
using Automation.Storage;

namespace Automation.Functions.Orders;

/// <summary>Understands accepted webhooks: order, customer, events, and what follows from them.</summary>
public sealed class OrderIntake(IReadOnlyDictionary<string, SourceSettings> sources, Envelopes envelopes, OrderDesk desk, EventHandling handling)
{
    public async Task Run(QueuedMessage message, CancellationToken cancellation)
    {
        if (await envelopes.Open(message.Body, cancellation) is not { } envelope) return;
        using var span = Tracing.CarryOn(nameof(OrderIntake), ActivityKind.Consumer, envelope.Trace);
        span?.SetTag("automation.source", envelope.Source).SetTag("automation.topic", envelope.Topic);
        if (!sources.TryGetValue(envelope.Source, out var source)) throw new UnreadableException($"The source {envelope.Source} is not configured any more.");
        await desk.Handle(source, envelope, handling);
        await envelopes.Forget(envelope, cancellation);
    }
}

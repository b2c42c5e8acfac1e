using System.Diagnostics;
using Automation.Functions.Hosting;
using Automation.Marketing;
using Automation.Marketing.Files;
using Automation.Marketing.Inbox;
using Automation.Marketing.Intake;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Automation.Functions.Orders;

/// <summary>Understands accepted webhooks of shops and of LINE: order, customer, events, and what follows from
/// them.</summary>
public sealed class OrderIntake(DurableClients clients, IReadOnlyDictionary<string, SourceSettings> sources,
    [FromKeyedServices(Queues.Orders)] Envelopes envelopes, OrderIngestion desk, LineIngestion lines,
    LineDoor? door = null)
{
    [Function(nameof(OrderIntake))]
    public async Task Run(
        [QueueTrigger(Queues.Orders)] BinaryData message, [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        clients.Learn(durable);
        if (await envelopes.Open(message.ToMemory(), cancellation) is not { } envelope) return;
        using var span = Tracing.CarryOn(nameof(OrderIntake), ActivityKind.Consumer, envelope.Trace);
        span?.SetTag("automation.source", envelope.Source).SetTag("automation.topic", envelope.Topic);
        if (envelope.Source == door?.Source) await lines.Handle(envelope);
        else if (sources.TryGetValue(envelope.Source, out var source)) await desk.Handle(source, envelope);
        else throw new UnreadableException($"The source {envelope.Source} is not configured any more.");
        await envelopes.Forget(envelope, cancellation);
    }
}

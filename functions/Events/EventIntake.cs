using System.Diagnostics;
using Automation.Functions.Hosting;
using Automation.Marketing;
using Automation.Marketing.Intake;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Automation.Functions.Events;

/// <summary>Understands accepted events, each once.</summary>
public sealed class EventIntake(DurableClients clients, EventIngestion desk)
{
    [Function(nameof(EventIntake))]
    public async Task Run(
        [QueueTrigger(Queues.Events)] BinaryData message, [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        clients.Learn(durable);
        foreach (var happened in CloudEvent.Parse(message.ToMemory()))
        {
            using var span = Tracing.CarryOn(nameof(EventIntake), ActivityKind.Consumer, happened.Trace);
            await desk.Handle(happened);
        }
    }
}

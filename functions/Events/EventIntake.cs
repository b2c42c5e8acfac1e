using System.Diagnostics;
using Automation.Marketing;
using Automation.Marketing.Events;
using Automation.Storage;

namespace Automation.Functions.Events;

/// <summary>Understands accepted events, each once.</summary>
public sealed class EventIntake(EventDesk desk, EventHandling handling)
{
    public async Task Run(QueuedMessage message, CancellationToken cancellation)
    {
        foreach (var happened in CloudEvent.Parse(message.Body))
        {
            using var span = Tracing.CarryOn(nameof(EventIntake), ActivityKind.Consumer, happened.Trace);
            await desk.Handle(happened, handling);
        }
    }
}

using Automation.Marketing.Events;
using Automation.Storage;

namespace Automation.Functions.Events;

/// <summary>Understands accepted events, each once.</summary>
public sealed class EventIntake(EventDesk desk, EventHandling handling)
{
    public async Task Run(QueueMessage message, CancellationToken cancellation)
    {
        foreach (var happened in CloudEvent.Parse(message.Body)) await desk.Handle(happened, handling);
    }
}

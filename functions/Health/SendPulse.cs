using Automation.Functions.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Automation.Functions.Health;

/// <summary>Every five minutes: a message goes the way of all work, for <see cref="Ready"/> to know that it is
/// open.</summary>
public sealed class SendPulse(DurableClients clients, Pulse pulse)
{
    [Function(nameof(SendPulse))]
    public Task Run(
        [TimerTrigger("0 */5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        clients.Learn(durable);
        return pulse.Send(cancellation);
    }
}

using Automation.Functions.Hosting;
using Automation.Marketing.Orders;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Automation.Functions.Orders;

/// <summary>Every five minutes: checkouts that have been quiet for long enough were abandoned.</summary>
public sealed class AbandonCheckouts(DurableClients clients, Checkouts checkouts)
{
    [Function(nameof(AbandonCheckouts))]
    public Task Run(
        [TimerTrigger("0 */5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        clients.Learn(durable);
        return checkouts.Run(cancellation);
    }
}

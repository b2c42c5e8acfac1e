using Automation.Functions.Hosting;
using Automation.Marketing.Sending;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Automation.Functions.Engagement;

/// <summary>Every minute: order mails whose outcome stayed unknown are tried again where that is due; marketing stays
/// uncertain.</summary>
public sealed class SettleSends(DurableClients clients, Reconciliation settling)
{
    [Function(nameof(SettleSends))]
    public Task Run(
        [TimerTrigger("0 * * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        clients.Learn(durable);
        return settling.Run(cancellation);
    }
}

using Automation.Functions.Hosting;
using Automation.Marketing.Orders;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Automation.Functions.Customers;

/// <summary>Once a day: who is late by their own rhythm, and what is bought after what.</summary>
public sealed class SenseCustomers(DurableClients clients, LatenessScan sensing)
{
    [Function(nameof(SenseCustomers))]
    public Task Run(
        [TimerTrigger("0 40 18 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        clients.Learn(durable);
        return sensing.Scan(cancellation);
    }
}

using Automation.Functions.Hosting;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Orders;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Automation.Functions.Customers;

/// <summary>Once a day: who is late by their own rhythm, what is bought after what, how large audiences are.</summary>
public sealed class SenseCustomers(DurableClients clients, LatenessScan sensing, Audiences audiences)
{
    [Function(nameof(SenseCustomers))]
    public async Task Run(
        [TimerTrigger("0 40 18 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        clients.Learn(durable);
        await sensing.Scan(cancellation);
        await audiences.Count(cancellation);
    }
}

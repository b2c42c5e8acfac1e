using Automation.Functions.Hosting;
using Automation.Marketing.Privacy;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Automation.Functions.Privacy;

/// <summary>Once a night: ends erasures that were cut short, carries out confirmed erasures of whole shops, and forgets
/// what has been kept long enough.</summary>
public sealed class KeepRetention(DurableClients clients, RetentionSweep keeping, DataFile file)
{
    [Function(nameof(KeepRetention))]
    public async Task Run(
        [TimerTrigger("0 20 17 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        clients.Learn(durable);
        await keeping.Run(cancellation);
        await file.ForgetDeleted();   // what was deleted goes off the disk, too
    }
}

using Automation.Functions.Hosting;
using Automation.Marketing.Journeys;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Automation.Functions.Journeys;

/// <summary>Once an hour: enrollments that lost their alarm clock get it back.</summary>
public sealed class SweepEnrollments(DurableClients clients, Sweep sweep)
{
    [Function(nameof(SweepEnrollments))]
    public Task Run(
        [TimerTrigger("0 17 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        clients.Learn(durable);
        return sweep.Run(cancellation);
    }
}

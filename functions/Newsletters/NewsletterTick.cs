using Automation.Functions.Hosting;
using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Newsletters.Issues;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Automation.Functions.Newsletters;

/// <summary>Every minute: due slots are acted on, issues that nobody has in hand are taken up again, empty slots warned
/// of.</summary>
public sealed class NewsletterTick(DurableClients clients, SlotScheduler slots, IssueControl issues,
    PublishedNewsletters newsletters, SlotWarnings warnings)
{
    [Function(nameof(NewsletterTick))]
    public async Task Run(
        [TimerTrigger("0 * * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient durable,
        CancellationToken cancellation)
    {
        clients.Learn(durable);
        // Neither keeps the other waiting, should it fail.
        await Task.WhenAll(slots.Run(cancellation), issues.Sweep(newsletters.Known()));
        await warnings.Run(cancellation);
    }
}

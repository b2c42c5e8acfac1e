using Automation.Marketing.Newsletters;

namespace Automation.Functions.Newsletters;

/// <summary>Every minute: due slots are acted on, issues that nobody has in hand are taken up again, empty slots warned of.</summary>
public sealed class NewsletterTick(SlotDesk slots, IssueDesk issues, PublishedNewsletters newsletters, SlotWarnings warnings)
{
    public async Task Run(CancellationToken cancellation)
    {
        // Neither keeps the other waiting, should it fail.
        await Task.WhenAll(slots.Run(cancellation), issues.Sweep(newsletters.Known()));
        await warnings.Run(cancellation);
    }
}

using Automation.Marketing.Newsletters;

namespace Automation.Functions.Newsletters;

/// <summary>Every minute: due slots are acted on, empty ones warned of.</summary>
public sealed class NewsletterTick(SlotDesk desk, SlotWarnings warnings)
{
    public async Task Run(CancellationToken cancellation)
    {
        await desk.Run(cancellation);
        await warnings.Run(cancellation);
    }
}

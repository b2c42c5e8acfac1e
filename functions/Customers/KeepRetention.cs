using Automation.Marketing.Customers;
using Automation.Marketing.Events;

namespace Automation.Functions.Customers;

/// <summary>Once a night: ends erasures that were cut short, carries out confirmed erasures of whole shops, and forgets what has been kept long enough.</summary>
public sealed class KeepRetention(Keeping keeping, EventHandling handling)
{
    public Task Run(CancellationToken cancellation) => keeping.Run(handling, cancellation);
}

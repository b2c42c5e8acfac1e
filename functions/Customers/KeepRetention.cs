using Automation.Marketing.Customers;
using Automation.Marketing.Events;

namespace Automation.Functions.Customers;

/// <summary>Once a night: ends erasures that were cut short, carries out confirmed erasures of whole shops, and forgets what has been kept long enough.</summary>
/// <param name="forgetDeleted">Takes what was deleted off the disk, too.</param>
public sealed class KeepRetention(Keeping keeping, EventHandling handling, Func<Task> forgetDeleted)
{
    public async Task Run(CancellationToken cancellation)
    {
        await keeping.Run(handling, cancellation);
        await forgetDeleted();
    }
}

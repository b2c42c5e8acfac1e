using Automation.Marketing.Customers;
using Automation.Marketing.Events;

namespace Automation.Functions.Customers;

/// <summary>Once a day: who is late by their own rhythm, and what is bought after what.</summary>
public sealed class SenseCustomers(Sensing sensing, EventHandling handling)
{
    public Task Run(CancellationToken cancellation) => sensing.Scan(handling, cancellation);
}

using Automation.Marketing.Customers;
using Automation.Marketing.People;

namespace Automation.Marketing.Intake;

/// <summary>Changes customers as somebody asks for: the row first, then <c>customer.updated</c>. Killed between them
/// nobody was answered; asked again, both are done.</summary>
public sealed class CustomerChanges(CustomerStore customers, IShopEvents events, TimeProvider time)
{
    /// <summary>The customer as changed; null where there is none.</summary>
    public async Task<Customer?> Make(CustomerId id, CustomerPatch patch)
    {
        if (await customers.Change(id, patch.Apply) is not { } changed) return null;
        var now = time.GetUtcNow();
        await events.Handle(
            new ShopEvent
            {
                Id = $"{changed.Id}:changed:{now.ToUnixTimeMilliseconds()}",
                Type = EventTypes.CustomerUpdated,
                At = now,
                Customer = changed.Id,
            },
            changed, null, false);
        return changed;
    }
}

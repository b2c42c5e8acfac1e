using Automation.Marketing.Chat;
using Automation.Marketing.Customers;
using Automation.Marketing.Orders;
using Automation.Marketing.People;

namespace Automation.Marketing.Privacy;

/// <summary>The second half of an erasure: what is kept beside the profile, once nobody walks, sends or writes a
/// timeline for this customer any more.</summary>
public sealed class ErasureEnd(
    CustomerStore customers, TimelineErasure timelines, Checkouts checkouts, Conversations conversations)
{
    /// <summary>False where somebody else wrote in between.</summary>
    public async Task<bool> Do(Stored<Customer> stored)
    {
        var customer = stored.Value;
        foreach (var timeline in (CustomerId[])[customer.Id, .. customer.MergedFrom])
        {
            await timelines.Forget(timeline);
            await checkouts.Forget(timeline);
        }
        await conversations.Forget([customer.Id, .. customer.MergedFrom], customer.Identities);
        foreach (var merged in customer.MergedFrom) await ForgetPointer(merged);
        foreach (var identity in customer.Identities) await customers.Release(identity);
        return customer.Identities.Count == 0
            || await customers.Save(customer with { Identities = [] }, stored.ETag);
    }

    private async Task ForgetPointer(CustomerId id)
    {
        while (await customers.Row(id) is { Value.Identities.Count: > 0 } pointer)
        {
            await conversations.Forget([id], pointer.Value.Identities);
            foreach (var identity in pointer.Value.Identities) await customers.Release(identity);
            if (await customers.Save(pointer.Value with { Identities = [] }, pointer.ETag)) return;
        }
    }
}

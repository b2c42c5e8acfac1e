using Automation.Marketing.Customers;
using Automation.Marketing.Orders;
using Automation.Marketing.People;

namespace Automation.Marketing.Privacy;

/// <summary>The first half of an erasure: nobody writes to them again, what they are in ends, and of their profile
/// only who it was merged from and recognised by is left, for the second half.</summary>
public sealed class ErasureBegin(
    CustomerStore customers, OrderStore orders, KnownAddresses addresses, IShopEvents events, TimeProvider time)
{
    /// <summary>Where somebody else wrote in between nothing is changed, and it is to be done again.</summary>
    /// <param name="suppress">False: the person may be written to again.</param>
    public async Task Do(Stored<Customer> stored, bool suppress)
    {
        var (customer, now) = (stored.Value, time.GetUtcNow());
        await addresses.Forget(customer, suppress);
        await events.Handle(new ShopEvent
        {
            Id = $"{customer.Id}:erased",
            Type = EventTypes.CustomerErased,
            At = now,
            Customer = customer.Id
        }, customer, null, false);
        foreach (var order in customer.Orders.Latest) await Detach(order.Key);
        await customers.Save(new Customer
        {
            Id = customer.Id,
            CreatedAt = customer.CreatedAt,
            ErasedAt = now,
            Identities = customer.Identities,
            MergedFrom = customer.MergedFrom,
            Suppressed = new Dictionary<string, string> { ["email"] = "erased", ["line"] = "erased" },
        }, stored.ETag);
    }

    private async Task Detach(string key)
    {
        while (await orders.Find(key) is { Value.Erased: false } stored)
            if (await orders.Save(
                stored.Value with { Erased = true, Customer = null, Contact = null }, stored.ETag)) return;
    }
}

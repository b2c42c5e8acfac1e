using Automation.Marketing.Customers;
using Automation.Marketing.Orders;
using Automation.Marketing.People;

namespace Automation.Marketing.Privacy;

/// <summary>By what somebody may be recognised, in the shop and in what was set aside.</summary>
public sealed class KnownAddresses(
    CustomerStore customers, OrderStore orders, Suppressions suppressions, ParkedTraces parked, TimeProvider time)
{
    /// <summary>Webhooks set aside that speak of somebody go; where asked for, nobody writes to their addresses any
    /// more.</summary>
    public async Task Forget(Customer customer, bool suppress)
    {
        var known = await All(customer);
        if (suppress)
            foreach (var address in known)
                if (Identity.Parse(address) is { Kind: Identity.Email or Identity.Phone } one)
                    await suppressions.Add(one, "erased", time.GetUtcNow());
        await parked.Forget(known);
    }

    /// <summary>Everything somebody may be recognised by: identities, and the addresses that are none.</summary>
    public static HashSet<string> Of(Customer customer)
    {
        var known = new HashSet<string>(customer.Identities, StringComparer.Ordinal);
        if (customer.Email is { } email) known.Add($"{Identity.Email}:{email}");
        if (customer.Phone is { } phone) known.Add($"{Identity.Phone}:{phone}");
        return known;
    }

    /// <summary>Also what those were recognised by who turned out to be this customer, and what their orders were
    /// written to: save where that address is somebody else's, who did not ask to be forgotten.</summary>
    private async Task<HashSet<string>> All(Customer customer)
    {
        var known = Of(customer);
        foreach (var merged in customer.MergedFrom)
            if (await customers.Row(merged) is { Value: var pointer }) known.UnionWith(pointer.Identities);
        foreach (var order in customer.Orders.Latest)
            if (await orders.Find(order.Key) is { Value.Contact: { } contact }
                && !await IsOfAnother(contact, customer.Id))
                known.Add($"{Identity.Email}:{contact}");
        return known;
    }

    private async Task<bool> IsOfAnother(string address, CustomerId customer) =>
        await customers.FindByIdentity(new(Identity.Email, address)) is { Value.Id: var holder } && holder != customer;
}

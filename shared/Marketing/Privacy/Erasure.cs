using Automation.Marketing.Chat;
using Automation.Marketing.Customers;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Storage;

namespace Automation.Marketing.Privacy;

/// <summary>Forgets a person: profile, identities, enrollments, sends, engagement, evidence and parked bodies go. What
/// stays: a salted hash of the address, so that nobody writes to it again; orders without anybody; that consents were
/// said, by nobody; what was counted. Cut short anywhere, calling it again finishes.</summary>
public sealed class Erasure(
    Tables tables, CustomerStore customers, OrderStore orders, Suppressions suppressions, Checkouts checkouts,
    TimelineErasure timelines, Conversations conversations,
    ParkedTraces parked, IShopEvents events, TimeProvider time)
{
    private const string Begun = "erasing";

    /// <summary>False where there is no such customer.</summary>
    /// <param name="suppress">False: the person may be written to again, should they come back (the shop's data goes,
    /// not the person).</param>
    public async Task<bool> Erase(CustomerId id, bool suppress = true)
    {
        if (await customers.Find(id) is not { } stored) return false;
        id = stored.Value.Id;
        await tables.Attention.Upsert(new Row(
            Begun, id.Value) { { "Reason", "an erasure has begun" }, { "Suppress", suppress } });
        while (!await Forget(id, suppress)) { }
        await tables.Attention.Delete(Begun, id.Value);
        return true;
    }

    /// <summary>Ends erasures that were cut short.</summary>
    public async Task Finish()
    {
        await foreach (var row in tables.Attention.Query(new TableQuery { PartitionKey = Begun }))
            await Erase(new CustomerId(row.RowKey), row.GetBoolean("Suppress") ?? true);
    }

    /// <summary>Webhooks set aside that speak of somebody, customer or not.</summary>
    public Task ForgetParked(IReadOnlyCollection<Identity> identities) =>
        parked.Forget([.. identities.Select(identity => identity.ToString())]);

    /// <summary>False where somebody else wrote in between, or there is a second half to do.</summary>
    private async Task<bool> Forget(CustomerId id, bool suppress)
    {
        if (await customers.Find(id) is not { Value: var customer } stored) return true;
        if (customer.ErasedAt is not null)
        {
            // Only now: from here on nobody walks, sends or writes a timeline for this customer any more.
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
        var now = time.GetUtcNow();
        var known = await AllKnown(customer);
        if (suppress)
            foreach (var address in known)
                if (Identity.Parse(address) is { Kind: Identity.Email or Identity.Phone } one)
                    await suppressions.Add(one, "erased", now);
        await events.Handle(new ShopEvent
        {
            Id = $"{customer.Id}:erased",
            Type = EventTypes.CustomerErased,
            At = now,
            Customer = customer.Id
        }, customer, null, false);
        await parked.Forget(known);
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
        return false;
    }

    /// <summary>Everything somebody may be recognised by: identities, and the addresses that are none.</summary>
    internal static HashSet<string> Known(Customer customer)
    {
        var known = new HashSet<string>(customer.Identities, StringComparer.Ordinal);
        if (customer.Email is { } email) known.Add($"{Identity.Email}:{email}");
        if (customer.Phone is { } phone) known.Add($"{Identity.Phone}:{phone}");
        return known;
    }

    /// <summary>Also what those were recognised by who turned out to be this customer, and what their orders were
    /// written to: save where that address is somebody else's, who did not ask to be forgotten.</summary>
    private async Task<HashSet<string>> AllKnown(Customer customer)
    {
        var known = Known(customer);
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

    private async Task ForgetPointer(CustomerId id)
    {
        while (await customers.Row(id) is { Value.Identities.Count: > 0 } pointer)
        {
            await conversations.Forget([id], pointer.Value.Identities);
            foreach (var identity in pointer.Value.Identities) await customers.Release(identity);
            if (await customers.Save(pointer.Value with { Identities = [] }, pointer.ETag)) return;
        }
    }

    private async Task Detach(string key)
    {
        while (await orders.Find(key) is { Value.Erased: false } stored)
            if (await orders.Save(
                stored.Value with { Erased = true, Customer = null, Contact = null }, stored.ETag)) return;
    }
}

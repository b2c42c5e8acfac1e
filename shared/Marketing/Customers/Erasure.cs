using Automation.Marketing.Consent;
using Automation.Marketing.Events;
using Automation.Marketing.Orders;
using Automation.Storage;

namespace Automation.Marketing.Customers;

/// <summary>
/// Forgets a person: profile, identities and evidence go; a salted hash of the address stays so that nobody writes to it again, orders
/// and sends stay without anybody. Cut short anywhere, calling it again finishes.
/// </summary>
public sealed class Erasure(Tables tables, TimeProvider time)
{
    private const string Begun = "erasing";
    private readonly CustomerStore customers = new(tables, time);
    private readonly OrderStore orders = new(tables);
    private readonly Suppressions suppressions = new(tables);

    /// <summary>False where there is no such customer.</summary>
    public async Task<bool> Erase(CustomerId id, EventHandling handling)
    {
        if (await customers.Find(id) is not { } stored) return false;
        id = stored.Value.Id;
        await tables.Attention.UpsertEntityAsync(new TableEntity(Begun, id.Value) { { "Reason", "an erasure has begun" } });
        while (!await Forget(id, handling)) { }
        await tables.Attention.DeleteEntityAsync(Begun, id.Value);
        return true;
    }

    /// <summary>Ends erasures that were cut short.</summary>
    public async Task Finish(EventHandling handling)
    {
        await foreach (var row in tables.Attention.QueryAsync(new TableQuery { PartitionKey = Begun })) await Erase(new CustomerId(row.RowKey), handling);
    }

    /// <summary>False where somebody else wrote in between, or there is a second half to do.</summary>
    private async Task<bool> Forget(CustomerId id, EventHandling handling)
    {
        if (await customers.Find(id) is not { Value: var customer } stored) return true;
        if (customer.ErasedAt is not null)
        {
            foreach (var merged in customer.MergedFrom) await ForgetPointer(merged);
            foreach (var identity in customer.Identities) await customers.Release(identity);
            return customer.Identities.Count == 0 || await customers.Save(customer with { Identities = [] }, stored.ETag);
        }
        var now = time.GetUtcNow();
        if (customer.Email is { } email) await suppressions.Add(new(Identity.Email, email), "erased", now);
        if (customer.Phone is { } phone) await suppressions.Add(new(Identity.Phone, phone), "erased", now);
        await handling(new ShopEvent { Id = $"{customer.Id}:erased", Type = EventTypes.CustomerErased, At = now, Customer = customer.Id }, customer, null, false);
        foreach (var timeline in (CustomerId[])[customer.Id, .. customer.MergedFrom]) await ForgetEvidence(timeline);
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

    private async Task ForgetPointer(CustomerId id)
    {
        while (await customers.Row(id) is { Value.Identities.Count: > 0 } pointer)
        {
            foreach (var identity in pointer.Value.Identities) await customers.Release(identity);
            if (await customers.Save(pointer.Value with { Identities = [] }, pointer.ETag)) return;
        }
    }

    private async Task ForgetEvidence(CustomerId id)
    {
        await foreach (var row in tables.Timeline.QueryAsync(TableQuery.Prefix(id.Value, "c|")))
        {
            var said = Documents.Read(row, CustomerJson.Rows.ConsentRecord).Value;
            if (said.Evidence is null) continue;
            await tables.Timeline.UpsertEntityAsync(Documents.Entity(id.Value, row.RowKey, said with { Evidence = null }, CustomerJson.Rows.ConsentRecord), TableUpdateMode.Replace);
        }
    }

    private async Task Detach(string key)
    {
        while (await orders.Find(key) is { Value.Erased: false } stored)
            if (await orders.Save(stored.Value with { Erased = true, Customer = null }, stored.ETag)) return;
    }
}

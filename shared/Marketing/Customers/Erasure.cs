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
    private readonly CustomerStore customers = new(tables, time);
    private readonly OrderStore orders = new(tables);
    private readonly Suppressions suppressions = new(tables);

    /// <summary>False where there is no such customer.</summary>
    public async Task<bool> Erase(CustomerId id, EventHandling handling)
    {
        while (true)
        {
            if (await customers.Find(id) is not { } stored) return false;
            var customer = stored.Value;
            if (customer.ErasedAt is null)
            {
                var now = time.GetUtcNow();
                if (customer.Email is { } email) await suppressions.Add(new(Identity.Email, email), "erased", now);
                if (customer.Phone is { } phone) await suppressions.Add(new(Identity.Phone, phone), "erased", now);
                await handling(new ShopEvent { Id = $"{customer.Id}:erased", Type = EventTypes.CustomerErased, At = now, Customer = customer.Id }, customer, null, false);
                foreach (var timeline in (CustomerId[])[customer.Id, .. customer.MergedFrom]) await ForgetEvidence(timeline);
                foreach (var order in customer.Orders.Latest) await Detach(order.Key);
                customer = new Customer
                {
                    Id = customer.Id, CreatedAt = customer.CreatedAt, ErasedAt = now, Identities = Ordered(customer), MergedFrom = customer.MergedFrom,
                    Suppressed = new Dictionary<string, string> { ["email"] = "erased", ["line"] = "erased" },
                };
                if (await customers.Save(customer, stored.ETag)) continue;
            }
            else
            {
                // What the source knows them by goes last: by it a repeated request finds the way back here.
                foreach (var identity in customer.Identities) await customers.Release(identity);
                if (customer.Identities.Count == 0 || await customers.Save(customer with { Identities = [] }, stored.ETag)) return true;
            }
        }
    }

    private static List<string> Ordered(Customer customer) =>
        [.. customer.Identities.OrderBy(identity => Identity.Parse(identity)?.Kind is not (Identity.Email or Identity.Phone or Identity.Line))];

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

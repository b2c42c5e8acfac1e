using Automation.Marketing.Customers;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Storage;

namespace Automation.Marketing.Privacy;

/// <summary>Forgets a whole source (Shopify's <c>shop/redact</c>), once the operator has confirmed it: its customers,
/// orders and products, shard by shard; cut short, the next run goes on where this one was. Who is also another
/// source's customer loses only what this one told. Nobody is suppressed for it: it was not the customers who
/// asked.</summary>
public sealed class ShopErasure(
    Tables tables, CustomerStore customers, Checkouts checkouts, Erasure erasure, Requests requests)
{
    private const int PerTransaction = 100;

    /// <summary>Ends erasures that were cut short, then carries out what is confirmed and not done; answers how many
    /// customers the latter forgot.</summary>
    public async Task<int> Run(CancellationToken cancellation)
    {
        await erasure.Finish();
        var forgotten = 0;
        await foreach (var request in requests.List().WithCancellation(cancellation))
        {
            if (request is not { Kind: RequestKind.ShopErasure, ConfirmedAt: not null, AnsweredAt: null }) continue;
            for (var shard = request.Next; shard < CustomerId.Shards.Count; shard++)
            {
                cancellation.ThrowIfCancellationRequested();
                var name = CustomerId.Shards[shard];
                forgotten += await ForgetCustomers(request.Source, name);
                await Clear(tables.Orders, new TableQuery { PartitionKey = $"{request.Source}-{name}" });
                await Clear(tables.Events, new TableQuery { PartitionKey = $"{request.Source}-{name}" });
                await requests.Reached(request, shard + 1);
            }
            await checkouts.Forget(request.Source);
            await Clear(tables.Products, new TableQuery { PartitionKey = request.Source });
            await Clear(tables.Products, TableQuery.Prefix("next", Keys.Safe($"{request.Source}:")));
            await requests.Answered(request);
        }
        return forgotten;
    }

    private async Task<int> ForgetCustomers(string source, string shard)
    {
        var forgotten = 0;
        await foreach (var stored in customers.InShard(shard))
        {
            var customer = stored.Value;
            if (!customer.Identities.Any(IsHere) && !customer.Orders.Latest.Any(order => IsHere(order.Key))) continue;
            if (customer.Identities.Any(IsElsewhere) || customer.Orders.Latest.Any(order => !IsHere(order.Key)))
                await Leave(customer);
            else if (await erasure.Erase(customer.Id, suppress: false)) forgotten++;
        }
        return forgotten;

        bool IsHere(string key) => key.StartsWith($"{source}:", StringComparison.Ordinal);

        bool IsElsewhere(string identity) => !IsHere(identity)
            && Identity.Parse(identity) is not { Kind: Identity.Email or Identity.Phone or Identity.Line };

        async Task Leave(Customer customer)
        {
            foreach (var identity in customer.Identities.Where(IsHere)) await customers.Release(identity);
            await customers.Change(customer.Id, has => has with
            {
                Identities = [.. has.Identities.Where(identity => !IsHere(identity))],
                Orders = has.Orders with { Latest = [.. has.Orders.Latest.Where(order => !IsHere(order.Key))] },
                CreatedBy = has.CreatedBy is { } by && IsHere(by) ? null : has.CreatedBy,
            });
        }
    }

    private static async Task Clear(Table table, TableQuery query)
    {
        await foreach (var rows in table.Query(query).Chunk(PerTransaction))
        {
            var answer = await table.Submit(
                [.. rows.Select(row => new RowAction(RowActionKind.Delete, new(row.PartitionKey, row.RowKey)))]);
            if (!answer.Done) throw new IOException($"Rows of {table.Name} could not be deleted: {answer.Status}.");
        }
    }
}

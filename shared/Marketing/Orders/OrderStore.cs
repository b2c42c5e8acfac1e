using Automation.Marketing.People;
using Automation.Storage;

namespace Automation.Marketing.Orders;

/// <summary>Orders as last seen.</summary>
public sealed class OrderStore(Tables tables)
{
    public async ValueTask<Stored<Order>?> Find(string source, string id)
    {
        var (partition, row) = Key(source, id);
        return await tables.Orders.Find(partition, row) is { } entity ? Documents.Read(entity, CustomerJson.Order)
            : null;
    }

    /// <summary>The order of a key <c>{source}:{order id}</c>.</summary>
    public ValueTask<Stored<Order>?> Find(string key) =>
        key.IndexOf(':') is var colon and > 0 ? Find(key[..colon], key[(colon + 1)..]) : default;

    /// <summary>Without hurry: it is the last thing of its telling. False where somebody else wrote in between (or,
    /// without <paramref name="ifMatch"/>, before): read again.</summary>
    /// <param name="first">What is written before it.</param>
    public Task<bool> Save(Order order, ETag? ifMatch, params IReadOnlyList<TableWrite> first)
    {
        var save = ifMatch is { } version
            ? new RowAction(RowActionKind.UpdateReplace, Row(order), version)
            : new RowAction(RowActionKind.Add, Row(order));
        return tables.WriteInOrderUnhurried([.. first, new(tables.Orders, save)]);
    }

    /// <summary>An order as its row.</summary>
    public static Row Row(Order order)
    {
        var (partition, row) = Key(order.Source, order.Id);
        return Documents.Entity(partition, row, order, CustomerJson.Order);
    }

    private static (string Partition, string Row) Key(string source, string id) =>
        ($"{Keys.Safe(source)}-{Keys.Shard(id)}", Keys.Safe(id));
}

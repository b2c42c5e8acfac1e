using System.Globalization;
using Automation.Storage;

namespace Automation.Marketing.Journeys;

/// <summary>The moves of journeys, as rows.</summary>
public sealed class Moves(Tables tables, TimeProvider time)
{
    internal const string Partition = "moves";

    /// <summary>Notes what was asked; nobody is moved yet.</summary>
    public async Task<MoveOrder> Add(string journey, MoveOrder order, CancellationToken cancellation)
    {
        for (var ticks = DateTimeOffset.MaxValue.UtcTicks - time.GetUtcNow().UtcTicks; ; ticks--)
        {
            var named = order with { Journey = journey, Key = ticks.ToString("D19", CultureInfo.InvariantCulture) };
            if ((await tables.Published.Add(named.Row(), cancellation)).Done) return named;
        }
    }

    /// <summary>Null: there is none of the key.</summary>
    public async ValueTask<MoveOrder?> Find(string journey, string key, CancellationToken cancellation = default) =>
        await tables.Published.Find(Partition, $"{journey}|{key}", cancellation) is { } row ? MoveOrder.Read(row)
            : null;

    /// <summary>A journey's moves, newest first; of all journeys where null.</summary>
    public async Task<IReadOnlyList<MoveOrder>> Of(string? journey, CancellationToken cancellation = default)
    {
        var orders = new List<MoveOrder>();
        var query =
            journey is null ? new TableQuery { PartitionKey = Partition } : TableQuery.Prefix(Partition, $"{journey}|");
        await foreach (var row in tables.Published.Query(query, cancellation)) orders.Add(MoveOrder.Read(row));
        return orders;
    }

    /// <summary>Changes a move as it is now; its row afterwards, null where it is gone.</summary>
    public async Task<MoveOrder?> Change(
        string journey, string key, Func<MoveOrder, MoveOrder> change, CancellationToken cancellation = default)
    {
        while (true)
        {
            if (await Find(journey, key, cancellation) is not { } order) return null;
            var changed = change(order);
            if (ReferenceEquals(changed, order)) return order;
            if ((await tables.Published.Update(changed.Row(), order.ETag, UpdateMode.Replace, cancellation)).Done)
                return changed;
        }
    }
}

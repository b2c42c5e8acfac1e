using Automation.Marketing.People;
using Automation.Storage;

namespace Automation.Marketing.Newsletters.Chunks;

/// <summary>Customers of a shard, next to each other by their ids.</summary>
/// <param name="Customers">To be gone through once.</param>
/// <param name="Last">The last id.</param>
/// <param name="IsLast">Nobody comes after.</param>
public sealed record ShardPage(IEnumerable<Customer> Customers, string Last, bool IsLast);

/// <summary>Reads a shard's customers for its chunks.</summary>
public sealed class ShardPages(Tables tables, RateLimit pace, MarketingOptions options)
{
    /// <summary>As many as make the next chunk; null: there is nobody.</summary>
    /// <param name="after">The id behind which it begins.</param>
    public async Task<ShardPage?> After(string shard, string after, CancellationToken cancellation)
    {
        var query = new TableQuery
        {
            PartitionKey = shard,
            RowKeyFrom = Behind(after),
            PageSize = pace.Size(options.ChunkSize)
        };
        var page = await tables.Customers.QueryPage(query, null, cancellation);
        return page.Values.Count == 0
            ? null
            : new(Living(page.Values), page.Values[^1].RowKey, page.ContinuationToken is null);
    }

    /// <summary>The customers of a chunk's stretch.</summary>
    public async Task<IEnumerable<Customer>> Of(Chunk chunk, CancellationToken cancellation)
    {
        var query = new TableQuery
        {
            PartitionKey = chunk.Partition[^2..],
            RowKeyFrom = Behind(chunk.After),
            RowKeyBelow = chunk.Last + "0"
        };
        return Living(await tables.Customers.Query(query, cancellation).ToListAsync(cancellation));
    }

    private static string? Behind(string after) => after == Chunk.Beginning ? null : after + "0";

    /// <summary>Read one by one, so that of a whole page only its rows are in memory.</summary>
    private static IEnumerable<Customer> Living(IEnumerable<Row> rows)
    {
        foreach (var row in rows)
            if (CustomerJson.Read(row).Value is { MergedInto: null, ErasedAt: null } customer) yield return customer;
    }
}

using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Automation.Storage;

/// <summary>How many requests of which kind were sent (<c>table.add</c>, <c>table.get</c>, <c>table.transaction</c>,
/// <c>queue.send</c>, <c>queue.receive</c> …), each try counted. Also published as the counter
/// <c>storage.requests</c>.</summary>
public sealed class StorageRequests
{
    private static readonly Counter<long> Published = new Meter("Automation.Storage")
        .CreateCounter<long>("storage.requests", "{request}", "Requests sent to Azure Storage, each try counted");
    private readonly ConcurrentDictionary<string, long> counts = new(StringComparer.Ordinal);

    /// <summary>All kinds that occurred, with their numbers, as of now.</summary>
    public IReadOnlyDictionary<string, long> Snapshot() => new Dictionary<string, long>(counts);

    internal void Count(string operation)
    {
        counts.AddOrUpdate(operation, 1, static (_, count) => count + 1);
        Published.Add(1, new KeyValuePair<string, object?>("operation", operation));
    }
}

using System.Collections.Concurrent;
using Automation.Sqlite;

namespace Automation.Storage.Sqlite;

/// <summary>All queues of one SQLite file; exactly one object per open database, because who holds which message is
/// known in memory only. <paramref name="time"/> is real time. Opening it waits for one small write.</summary>
public sealed class SqliteQueueService(SqliteDatabase database, TimeProvider time) : QueueService
{
    private readonly ConcurrentDictionary<string, Lazy<SqliteQueue>> queues = new(StringComparer.Ordinal);
    private readonly Era ids = Era.Begin(database);

    /// <inheritdoc/>
    public override Queue GetQueue(string queueName) => queues.GetOrAdd(StorageNames.Queue(queueName), name =>
        new Lazy<SqliteQueue>(() => new SqliteQueue(name, database, ids, time))).Value;
}

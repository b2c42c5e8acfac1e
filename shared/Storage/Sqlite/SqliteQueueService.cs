using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Automation.Sqlite;

namespace Automation.Storage.Sqlite;

/// <summary>
/// All queues of one SQLite file; exactly one object per open database, because who holds which message is known in memory only.
/// <paramref name="time"/> is real time. Opening it waits for one small write.
/// </summary>
public sealed partial class SqliteQueueService(SqliteDatabase database, TimeProvider time) : QueueService
{
    private readonly ConcurrentDictionary<string, Lazy<SqliteQueue>> queues = new(StringComparer.Ordinal);
    private readonly Era ids = Era.Begin(database);

    /// <inheritdoc/>
    public override Queue GetQueue(string queueName) => queues.GetOrAdd(queueName, name =>
        QueueName().IsMatch(name)
            ? new Lazy<SqliteQueue>(() => new SqliteQueue(name, database, ids, time))
            : throw new ArgumentException($"'{name}' is no queue name: 3 to 63 lower-case letters, digits and single dashes inside.", nameof(queueName))).Value;

    [GeneratedRegex("^[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9]\\z")]
    private static partial Regex QueueName();
}

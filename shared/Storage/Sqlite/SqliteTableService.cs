using System.Collections.Concurrent;
using Automation.Sqlite;

namespace Automation.Storage.Sqlite;

/// <summary>All tables of one SQLite file; one object per open database. Opening it waits for one small
/// write.</summary>
public sealed class SqliteTableService(SqliteDatabase database, TimeProvider? time = null) : TableService
{
    private readonly ConcurrentDictionary<string, SqliteTable> tables = new(StringComparer.OrdinalIgnoreCase);
    private readonly Era versions = Era.Begin(database);

    /// <inheritdoc/>
    public override Table GetTable(string tableName) => tables.GetOrAdd(
        tableName, name => new SqliteTable(StorageNames.Table(name), database, versions, time ?? TimeProvider.System));

    /// <summary>One commit for all of it.</summary>
    public override Task<IReadOnlyList<WriteResult>> WriteInOrder(
        IReadOnlyList<TableWrite> writes, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return WriteInOrder(writes, database.Write);
    }

    /// <summary>One commit for all of it, with others'.</summary>
    public override Task<IReadOnlyList<WriteResult>> WriteInOrderUnhurried(IReadOnlyList<TableWrite> writes) =>
        WriteInOrder(writes, database.WriteUnhurried);

    private static async Task<IReadOnlyList<WriteResult>> WriteInOrder(
        IReadOnlyList<TableWrite> writes,
        Func<Func<SqliteConnection, List<WriteResult>>, Task<List<WriteResult>>> commit)
    {
        var encoded = new (SqliteTable Table, RowWrite Row)[writes.Count];
        for (var i = 0; i < encoded.Length; i++)
        {
            var (table, action) = ((SqliteTable)writes[i].Table, writes[i].Action);
            encoded[i] = (table, table.Encode(action.Kind, action.Row, action.ETag));
        }
        var answers = await commit(db =>
        {
            var tried = new List<WriteResult>(encoded.Length);
            foreach (var (table, row) in encoded)
            {
                tried.Add(table.Write(db, row));
                if (!tried[^1].Done) break;
            }
            return tried;
        });
        for (var i = 0; i < answers.Count; i++) encoded[i].Row.IsOnDisk = answers[i].Done;
        return answers;
    }
}

using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Automation.Sqlite;

namespace Automation.Storage.Sqlite;

/// <summary>All tables of one SQLite file; one object per open database. Opening it waits for one small write.</summary>
public sealed partial class SqliteTableServiceClient(SqliteDatabase database, TimeProvider? time = null) : TableServiceClient
{
    private readonly ConcurrentDictionary<string, SqliteTableClient> tables = new(StringComparer.OrdinalIgnoreCase);
    private readonly Era versions = Era.Begin(database);

    /// <inheritdoc/>
    public override TableClient GetTableClient(string tableName) => tables.GetOrAdd(tableName, name =>
        TableName().IsMatch(name)
            ? new SqliteTableClient(name, database, versions, time ?? TimeProvider.System)
            : throw new ArgumentException($"'{name}' is no table name: 3 to 63 letters and digits, a letter first.", nameof(tableName)));

    /// <summary>One commit for all of it.</summary>
    public override Task<IReadOnlyList<Response>> WriteInOrderAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var encoded = new (SqliteTableClient Table, RowWrite Row)[writes.Count];
        for (var i = 0; i < encoded.Length; i++)
        {
            var (table, action) = ((SqliteTableClient)writes[i].Table, writes[i].Action);
            encoded[i] = (table, table.Encode(action.ActionType, action.Entity, action.ETag));
        }
        return database.Write<IReadOnlyList<Response>>(db =>
        {
            var answers = new List<Response>(encoded.Length);
            foreach (var (table, row) in encoded)
            {
                answers.Add(table.Write(db, row));
                if (!answers[^1].Done) break;
            }
            return answers;
        });
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]{2,62}\\z")]
    private static partial Regex TableName();
}

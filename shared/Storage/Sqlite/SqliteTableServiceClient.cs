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

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]{2,62}\\z")]
    private static partial Regex TableName();
}

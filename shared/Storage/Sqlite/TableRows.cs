using Automation.Sqlite;

namespace Automation.Storage.Sqlite;

/// <summary>One row to be written, prepared on the caller's thread. A version of null matches any, -1 none.</summary>
internal sealed record RowWrite
{
    public required RowActionKind Type { get; init; }
    public required string PartitionKey { get; init; }
    public required string RowKey { get; init; }
    public required long? Version { get; init; }
    public required byte[] Properties { get; init; }
    public required long Ticks { get; init; }

    /// <summary>The properties are all that the row has.</summary>
    public bool IsWhole => Type is RowActionKind.Add or RowActionKind.UpdateReplace or RowActionKind.UpsertReplace;

    /// <summary>May there not have been such a row before?</summary>
    public bool MayBeNew => Type is RowActionKind.Add or RowActionKind.UpsertMerge or RowActionKind.UpsertReplace;

    /// <summary>As which version it was written last.</summary>
    public long WrittenAs { get; set; }

    private volatile bool onDisk;

    /// <summary>That write is committed.</summary>
    public bool IsOnDisk { get => onDisk; set => onDisk = value; }
}

/// <summary>The SQL of one table, run on the writer thread inside a transaction. Rows lie in the order they were added,
/// found by an index of their keys: what is written at about the same time shares pages, wherever its keys would place
/// it. Files from before that keep their tables (WITHOUT ROWID); every statement works on both.</summary>
internal sealed class TableRows(string name)
{
    private const string Key = "WHERE pk=?1 AND rk=?2";
    private readonly string find = $"SELECT v FROM t_{name} {Key}";
    private readonly string properties = $"SELECT v, p FROM t_{name} {Key}";
    private readonly string add =
        $"INSERT INTO t_{name}(pk, rk, v, ts, p) VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING";
    private readonly string upsert =
        $"INSERT INTO t_{name}(pk, rk, v, ts, p) VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT(pk, rk) DO UPDATE SET v=?3, "
        + $"ts=?4, p=?5";
    private readonly string update = $"UPDATE t_{name} SET v=?3, ts=?4, p=?5 {Key}";
    private readonly string updateVersion = $"UPDATE t_{name} SET v=?3, ts=?4, p=?5 {Key} AND v=?6";
    private readonly string delete = $"DELETE FROM t_{name} {Key}";
    private readonly string deleteVersion = $"DELETE FROM t_{name} {Key} AND v=?3";

    public void Create(SqliteConnection db) => db.Execute(
        $"CREATE TABLE IF NOT EXISTS t_{name}(pk TEXT NOT NULL, rk TEXT NOT NULL, v INTEGER NOT NULL, ts INTEGER NOT "
        + $"NULL, p BLOB NOT NULL, PRIMARY KEY(pk, rk))");

    /// <summary>The status <see cref="Write"/> would answer: 204, 404, 409 or 412.</summary>
    public int Check(SqliteConnection db, RowWrite row)
    {
        if (row.Type is RowActionKind.UpsertMerge or RowActionKind.UpsertReplace) return 204;
        var found = Find(db, row);
        if (row.Type is RowActionKind.Add) return found is null ? 204 : 409;
        if (found is null) return 404;
        return row.Version is { } wanted && wanted != found ? 412 : 204;
    }

    /// <summary>Writes the row as <paramref name="version"/> if its condition holds; answers the status.</summary>
    public int Write(SqliteConnection db, RowWrite row, long version)
    {
        switch (row.Type)
        {
            case RowActionKind.Add:
                return Put(db, add, row, version, row.Properties) ? 204 : 409;
            case RowActionKind.UpsertReplace:
                Put(db, upsert, row, version, row.Properties);
                return 204;
            case RowActionKind.UpsertMerge:
                Put(db, upsert, row, version,
                    Stored(db, row, out var before) ? PropertyBytes.Merge(before, row.Properties) : row.Properties);
                return 204;
            case RowActionKind.UpdateReplace:
                return Update(db, row, version, row.Properties) ? 204 : Check(db, row);
            case RowActionKind.UpdateMerge:
                return Stored(db, row, out var stored)
                    && Update(db, row, version, PropertyBytes.Merge(stored, row.Properties)) ? 204 : Check(db, row);
            default:
                return Delete(db, row) ? 204 : Check(db, row);
        }
    }

    private long? Find(SqliteConnection db, RowWrite row)
    {
        using var select = db.Prepare(find).Bind(1, row.PartitionKey).Bind(2, row.RowKey);
        return select.Step() ? select.Int64(0) : null;
    }

    private bool Stored(SqliteConnection db, RowWrite row, out byte[] bytes)
    {
        using var select = db.Prepare(properties).Bind(1, row.PartitionKey).Bind(2, row.RowKey);
        var found = select.Step();
        bytes = found ? select.Blob(1).ToArray() : [];
        return found;
    }

    private bool Update(SqliteConnection db, RowWrite row, long version, byte[] bytes) =>
        Put(db, row.Version is null ? update : updateVersion, row, version, bytes);

    private static bool Put(SqliteConnection db, string sql, RowWrite row, long version, byte[] bytes)
    {
        var put = db.Prepare(sql).Bind(1, row.PartitionKey).Bind(2, row.RowKey).Bind(3, version).Bind(4, row.Ticks)
            .Bind(5, bytes);
        if (row.Version is { } wanted) put.Bind(6, wanted);
        return put.Run() > 0;
    }

    private bool Delete(SqliteConnection db, RowWrite row)
    {
        var remove = db.Prepare(row.Version is null ? delete : deleteVersion).Bind(1, row.PartitionKey).Bind(
            2, row.RowKey);
        if (row.Version is { } wanted) remove.Bind(3, wanted);
        return remove.Run() > 0;
    }
}

using System.Buffers.Text;
using System.Text;
using Automation.Sqlite;

namespace Automation.Storage.Sqlite;

/// <summary>Reads rows of one table on the caller's thread. A continuation token is the next row's keys, so it outlives
/// everything.</summary>
internal sealed class TablePages(string name)
{
    private readonly string one = $"SELECT v, ts, p FROM t_{name} WHERE pk=?1 AND rk=?2";
    private readonly string count = $"SELECT count(*) FROM t_{name}";
    private readonly string keys =
        $"SELECT pk, rk FROM t_{name} WHERE (pk, rk)>=(?1, ?2) ORDER BY pk, rk LIMIT ?3";
    private readonly string inPartition =
        $"SELECT v, ts, p, pk, rk FROM t_{name} WHERE pk=?1 AND rk>=?2 ORDER BY pk, rk LIMIT ?4";
    private readonly string inPartitionBelow =
        $"SELECT v, ts, p, pk, rk FROM t_{name} WHERE pk=?1 AND rk>=?2 AND rk<?5 ORDER BY pk, rk LIMIT ?4";
    private readonly string everywhere =
        $"SELECT v, ts, p, pk, rk FROM t_{name} WHERE (pk, rk)>=(?1, ?2) AND rk>=?3 ORDER BY pk, rk LIMIT ?4";
    private readonly string everywhereBelow =
        $"SELECT v, ts, p, pk, rk FROM t_{name} WHERE (pk, rk)>=(?1, ?2) AND rk>=?3 AND rk<?5 ORDER BY pk, rk LIMIT ?4";

    public Row? Find(SqliteConnection db, string partitionKey, string rowKey)
    {
        using var select = db.Prepare(one).Bind(1, partitionKey).Bind(2, rowKey);
        return select.Step() ? Row(select, partitionKey, rowKey) : null;
    }

    public TablePage Read(SqliteConnection db, TableQuery query, string? continuationToken)
    {
        var from = query.RowKeyFrom ?? "";
        var (partitionKey, rowKey) = continuationToken is not null ? Keys(continuationToken)
            : (query.PartitionKey ?? "", query.PartitionKey is null ? "" : from);
        var sql = (query.PartitionKey, query.RowKeyBelow) switch
        {
            (null, null) => everywhere,
            (null, _) => everywhereBelow,
            (_, null) => inPartition,
            _ => inPartitionBelow,
        };
        if (query.ChangedSince is not null)
            sql = sql.Replace(" ORDER BY", " AND ts>=?6 ORDER BY", StringComparison.Ordinal);
        using var select = db.Prepare(sql).Bind(1, query.PartitionKey ?? partitionKey).Bind(2, rowKey).Bind(
            4, query.PageSize + 1);
        if (query.PartitionKey is null) select.Bind(3, from);
        if (query.RowKeyBelow is { } below) select.Bind(5, below);
        if (query.ChangedSince is { } since) select.Bind(6, since.UtcTicks);
        var rows = new List<Row>();
        while (select.Step())
        {
            var (pk, rk) = (query.PartitionKey ?? select.Text(3), select.Text(4));
            if (rows.Count == query.PageSize) return new TablePage(rows, Token(pk, rk));
            rows.Add(Row(select, pk, rk));
        }
        return new TablePage(rows, null);
    }

    /// <summary>How many rows there are.</summary>
    public long Count(SqliteConnection db)
    {
        using var select = db.Prepare(count);
        return select.Step() ? select.Int64(0) : 0;
    }

    /// <summary>Some of the rows' keys in their order, from one (inclusive); where to go on (inclusive), or null: those
    /// were the last.</summary>
    public (string PartitionKey, string RowKey)? Keys(
        SqliteConnection db, (string PartitionKey, string RowKey) from, int most, Action<string, string> each)
    {
        using var select = db.Prepare(keys).Bind(1, from.PartitionKey).Bind(2, from.RowKey).Bind(3, most);
        var read = 0;
        for (; select.Step(); read++)
        {
            from = (select.Text(0), select.Text(1));
            each(from.PartitionKey, from.RowKey);
        }
        return read < most ? null : from;
    }

    private static Row Row(Statement select, string partitionKey, string rowKey) =>
        Row(select.Int64(0), select.Int64(1), select.Blob(2), partitionKey, rowKey);

    /// <summary>A row as it is stored: its version, when it was written (UTC ticks), its properties.</summary>
    internal static Row Row(
        long version, long ticks, ReadOnlySpan<byte> properties, string partitionKey, string rowKey)
    {
        var entity = new Row(partitionKey, rowKey)
        {
            ETag = Versions.ETag(version),
            Timestamp = new DateTimeOffset(ticks, TimeSpan.Zero),
        };
        PropertyBytes.Decode(properties, entity);
        return entity;
    }

    // A slash cannot be in a key.
    private static string Token(string partitionKey, string rowKey) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{partitionKey}/{rowKey}"));

    private static (string PartitionKey, string RowKey) Keys(string token)
    {
        if (!Base64Url.IsValid(token) || Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token))
            .Split('/') is not [var partitionKey, var rowKey])
            throw new FormatException("This is not a continuation token of a table query.");
        return (partitionKey, rowKey);
    }
}

/// <summary>Row versions and their ETag form, <c>W/"42"</c>.</summary>
internal static class Versions
{
    public static ETag ETag(long version) => new($"W/\"{version}\"");

    /// <summary>The version an ETag asks for: null for any, -1 (matches none) for one that is not ours.</summary>
    public static long? Wanted(ETag etag)
    {
        if (etag.Value is null or "" or "*") return null;
        var text = etag.Value.AsSpan();
        return text.StartsWith("W/\"") && text.EndsWith("\"") && long.TryParse(text[3..^1], out var version) ? version
            : -1;
    }
}

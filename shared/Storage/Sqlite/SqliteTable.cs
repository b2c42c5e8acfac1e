using Automation.Sqlite;

namespace Automation.Storage.Sqlite;

/// <summary>One table as a SQLite table of its own; reads run on the caller's thread, writes are checked and encoded
/// there and share commits.</summary>
internal sealed class SqliteTable(string name, SqliteDatabase database, Era versions, TimeProvider time) : Table(name)
{
    private readonly TableRows rows = new(name);
    private readonly TablePages pages = new(name);
    private readonly RecentRows recent = new();
    private readonly KnownKeys known = new(new(name), database);
    private Task? created;

    /// <inheritdoc/>
    public override Task CreateIfMissing(CancellationToken cancellation = default) =>
        created is { IsCompletedSuccessfully: true } done ? done : created = database.Write(rows.Create);

    /// <inheritdoc/>
    public override ValueTask<Row?> Find(string partitionKey, string rowKey, CancellationToken cancellation = default)
    {
        RowRules.CheckKeys(partitionKey, rowKey);
        cancellation.ThrowIfCancellationRequested();
        if (recent.Find(partitionKey, rowKey) is { } row) return new(row);
        if (known.Lack(partitionKey, rowKey)) return default;
        var found = database.Read(db => pages.Find(db, partitionKey, rowKey));
        if (found is null) known.LookedUpInVain();
        return new(found);
    }

    /// <inheritdoc/>
    public override Task<WriteResult> Add(Row entity, CancellationToken cancellation = default) =>
        Write(Encode(RowActionKind.Add, entity, default), cancellation);

    /// <inheritdoc/>
    public override Task<WriteResult> Upsert(
        Row entity, UpdateMode mode = UpdateMode.Merge, CancellationToken cancellation = default) =>
            Write(Encode(mode is UpdateMode.Merge ? RowActionKind.UpsertMerge : RowActionKind.UpsertReplace, entity,
                default), cancellation);

    /// <inheritdoc/>
    public override Task<WriteResult> Update(
        Row entity, ETag ifMatch, UpdateMode mode = UpdateMode.Merge, CancellationToken cancellation = default) =>
            Write(Encode(mode is UpdateMode.Merge ? RowActionKind.UpdateMerge : RowActionKind.UpdateReplace, entity,
                ifMatch), cancellation);

    /// <inheritdoc/>
    public override Task<WriteResult> Delete(
        string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellation = default) =>
            Write(Encode(RowActionKind.Delete, new Row(partitionKey, rowKey), ifMatch), cancellation);

    /// <inheritdoc/>
    public override Task<TablePage> QueryPage(
        TableQuery query, string? continuationToken = null, CancellationToken cancellation = default)
    {
        RowRules.CheckPageSize(query);
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(database.Read(db => pages.Read(db, query, continuationToken)));
    }

    /// <inheritdoc/>
    public override Task<TransactionResult> Submit(
        IReadOnlyList<RowAction> actions, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return Submit(actions, database.Write);
    }

    /// <inheritdoc/>
    public override Task<TransactionResult> SubmitUnhurried(IReadOnlyList<RowAction> actions) =>
        Submit(actions, database.WriteUnhurried);

    private async Task<TransactionResult> Submit(
        IReadOnlyList<RowAction> actions,
        Func<Func<SqliteConnection, TransactionResult>, Task<TransactionResult>> commit)
    {
        RowRules.CheckTransaction(actions);
        RowWrite[] writes = [.. actions.Select(action => Encode(action.Kind, action.Row, action.ETag))];
        var answer = await commit(db => Submit(db, writes));
        if (answer.Done) foreach (var write in writes) write.IsOnDisk = true;
        return answer;
    }

    private async Task<WriteResult> Write(RowWrite row, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var answer = await database.Write(db => Write(db, row));
        row.IsOnDisk = answer.Done;
        return answer;
    }

    /// <summary>On the writer thread, inside a transaction; its caller says of the row that it is on disk once it
    /// is.</summary>
    internal WriteResult Write(SqliteConnection db, RowWrite row)
    {
        row.WrittenAs = versions.Next();
        if (row.MayBeNew) known.Add(row.PartitionKey, row.RowKey);
        var status = rows.Write(db, row, row.WrittenAs);
        if (status != 204) return new WriteResult(status);
        recent.Put(row);
        return new WriteResult(204, row.Type is RowActionKind.Delete ? default : Versions.ETag(row.WrittenAs));
    }

    /// <summary>Looks at every condition before it writes anything: a refused transaction has nothing to undo. The
    /// first is looked at by writing it.</summary>
    private TransactionResult Submit(SqliteConnection db, RowWrite[] writes)
    {
        for (var i = 1; i < writes.Length; i++)
            if (rows.Check(db, writes[i]) is var status and not 204)
                return rows.Check(db, writes[0]) is var first and not 204
                    ? new TransactionResult(first, [], 0)
                    : new TransactionResult(status, [], i);
        var etags = new ETag[writes.Length];
        for (var i = 0; i < writes.Length; i++)
        {
            var answer = Write(db, writes[i]);
            if (!answer.Done) return new TransactionResult(answer.Status, [], i);
            etags[i] = answer.ETag;
        }
        return new TransactionResult(202, etags);
    }

    internal RowWrite Encode(RowActionKind type, Row entity, ETag ifMatch)
    {
        RowRules.Check(entity);
        var conditional = type is RowActionKind.UpdateMerge or RowActionKind.UpdateReplace or RowActionKind.Delete;
        var properties = type is RowActionKind.Delete ? [] : PropertyBytes.Encode(entity);
        return new RowWrite
        {
            Type = type,
            PartitionKey = entity.PartitionKey,
            RowKey = entity.RowKey,
            Version = conditional ? Versions.Wanted(ifMatch) : null,
            Properties = properties,
            Ticks = time.GetUtcNow().UtcTicks,
        };
    }
}

using Automation.Sqlite;

namespace Automation.Storage.Sqlite;

/// <summary>One table as a SQLite table of its own; reads run on the caller's thread, writes are checked and encoded there and share commits.</summary>
internal sealed class SqliteTableClient(string name, SqliteDatabase database, Era versions, TimeProvider time) : TableClient(name)
{
    private const int MostActions = 100;
    private readonly TableRows rows = new(name);
    private readonly TablePages pages = new(name);
    private Task? created;

    /// <inheritdoc/>
    public override Task CreateIfNotExistsAsync(CancellationToken cancellation = default) =>
        created is { IsCompletedSuccessfully: true } done ? done : created = database.Write(rows.Create);

    /// <inheritdoc/>
    public override ValueTask<TableEntity?> GetEntityIfExistsAsync(string partitionKey, string rowKey, CancellationToken cancellation = default)
    {
        EntityRules.CheckKeys(partitionKey, rowKey);
        cancellation.ThrowIfCancellationRequested();
        return new(database.Read(db => pages.Find(db, partitionKey, rowKey)));
    }

    /// <inheritdoc/>
    public override Task<Response> AddEntityAsync(TableEntity entity, CancellationToken cancellation = default) =>
        Write(Encode(TableTransactionActionType.Add, entity, default), cancellation);

    /// <inheritdoc/>
    public override Task<Response> UpsertEntityAsync(TableEntity entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellation = default) =>
        Write(Encode(mode is TableUpdateMode.Merge ? TableTransactionActionType.UpsertMerge : TableTransactionActionType.UpsertReplace, entity, default), cancellation);

    /// <inheritdoc/>
    public override Task<Response> UpdateEntityAsync(TableEntity entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellation = default) =>
        Write(Encode(mode is TableUpdateMode.Merge ? TableTransactionActionType.UpdateMerge : TableTransactionActionType.UpdateReplace, entity, ifMatch), cancellation);

    /// <inheritdoc/>
    public override Task<Response> DeleteEntityAsync(string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellation = default) =>
        Write(Encode(TableTransactionActionType.Delete, new TableEntity(partitionKey, rowKey), ifMatch), cancellation);

    /// <inheritdoc/>
    public override Task<TablePage> QueryPageAsync(TableQuery query, string? continuationToken = null, CancellationToken cancellation = default)
    {
        if (query.PageSize is < 1 or > 1000) throw new ArgumentException($"A page has 1 to 1,000 rows, not {query.PageSize}.", nameof(query));
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(database.Read(db => pages.Read(db, query, continuationToken)));
    }

    /// <inheritdoc/>
    public override Task<TransactionResponse> SubmitTransactionAsync(IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellation = default)
    {
        if (actions.Count is 0 or > MostActions) throw new ArgumentException($"A transaction has 1 to {MostActions} actions, not {actions.Count}.", nameof(actions));
        var seen = new HashSet<string>(actions.Count, StringComparer.Ordinal);
        var writes = new RowWrite[actions.Count];
        for (var i = 0; i < writes.Length; i++)
        {
            var entity = actions[i].Entity;
            if (entity.PartitionKey != actions[0].Entity.PartitionKey) throw new ArgumentException($"Action {i} is for another partition ('{entity.PartitionKey}').", nameof(actions));
            if (!seen.Add(entity.RowKey)) throw new ArgumentException($"Action {i} is for the same row as an earlier one ('{entity.RowKey}').", nameof(actions));
            writes[i] = Encode(actions[i].ActionType, entity, actions[i].ETag);
        }
        cancellation.ThrowIfCancellationRequested();
        return database.Write(db => Submit(db, writes));
    }

    private Task<Response> Write(RowWrite row, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return database.Write(db => Write(db, row));
    }

    /// <summary>On the writer thread, inside a transaction.</summary>
    internal Response Write(SqliteConnection db, RowWrite row)
    {
        var version = versions.Next();
        var status = rows.Write(db, row, version);
        return new Response(status, status == 204 && row.Type is not TableTransactionActionType.Delete ? Versions.ETag(version) : default);
    }

    /// <summary>Looks at every condition before it writes anything: a refused transaction has nothing to undo.</summary>
    private TransactionResponse Submit(SqliteConnection db, RowWrite[] writes)
    {
        for (var i = 0; i < writes.Length; i++)
            if (rows.Check(db, writes[i]) is var status and not 204) return new TransactionResponse(status, [], i);
        var etags = new ETag[writes.Length];
        for (var i = 0; i < writes.Length; i++)
        {
            var version = versions.Next();
            rows.Write(db, writes[i], version);
            if (writes[i].Type is not TableTransactionActionType.Delete) etags[i] = Versions.ETag(version);
        }
        return new TransactionResponse(202, etags);
    }

    internal RowWrite Encode(TableTransactionActionType type, TableEntity entity, ETag ifMatch)
    {
        EntityRules.Check(entity);
        var conditional = type is TableTransactionActionType.UpdateMerge or TableTransactionActionType.UpdateReplace or TableTransactionActionType.Delete;
        var properties = type is TableTransactionActionType.Delete ? [] : PropertyBytes.Encode(entity);
        return new RowWrite(type, entity.PartitionKey, entity.RowKey, conditional ? Versions.Wanted(ifMatch) : null, properties, time.GetUtcNow().UtcTicks);
    }
}

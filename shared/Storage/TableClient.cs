using System.Runtime.CompilerServices;

namespace Automation.Storage;

/// <summary>What a table or queue answered: 2xx done; 404 not there; 409 already there; 412 another version is there. These are answers, not errors.</summary>
public readonly record struct Response(int Status, ETag ETag = default)
{
    public bool Done => Status is >= 200 and < 300;
}

/// <summary>What a transaction answered: all done (<see cref="ETags"/> in the actions' order, default for deletes), or nothing done and the first action that stopped it.</summary>
public readonly record struct TransactionResponse(int Status, IReadOnlyList<ETag> ETags, int? FailedAction = null)
{
    public bool Done => Status is >= 200 and < 300;
}

/// <summary>Merge keeps properties that are not named; replace drops them.</summary>
public enum TableUpdateMode { Merge, Replace }

/// <summary>Kind of one action inside an entity group transaction.</summary>
public enum TableTransactionActionType { Add, UpdateMerge, UpdateReplace, Delete, UpsertMerge, UpsertReplace }

/// <summary>One action of an entity group transaction; <see cref="ETag"/> conditions updates and deletes (default: any version).</summary>
public sealed record TableTransactionAction(TableTransactionActionType ActionType, TableEntity Entity, ETag ETag = default);

/// <summary>A write to one of several tables.</summary>
public sealed record TableWrite(TableClient Table, TableTransactionAction Action)
{
    internal Task<Response> Do(CancellationToken cancellation) => Action switch
    {
        { ActionType: TableTransactionActionType.Add, Entity: var row } => Table.AddEntityAsync(row, cancellation),
        { ActionType: TableTransactionActionType.UpsertMerge, Entity: var row } => Table.UpsertEntityAsync(row, TableUpdateMode.Merge, cancellation),
        { ActionType: TableTransactionActionType.UpsertReplace, Entity: var row } => Table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellation),
        { ActionType: TableTransactionActionType.UpdateMerge, Entity: var row } => Table.UpdateEntityAsync(row, Action.ETag, TableUpdateMode.Merge, cancellation),
        { ActionType: TableTransactionActionType.UpdateReplace, Entity: var row } => Table.UpdateEntityAsync(row, Action.ETag, TableUpdateMode.Replace, cancellation),
        { Entity: var row } => Table.DeleteEntityAsync(row.PartitionKey, row.RowKey, Action.ETag, cancellation),
    };
}

/// <summary>A range of rows: one partition (or the whole table where null), row keys from (inclusive) to below (exclusive), ordinal order.</summary>
public sealed record TableQuery
{
    public string? PartitionKey { get; init; }
    public string? RowKeyFrom { get; init; }
    public string? RowKeyBelow { get; init; }

    /// <summary>
    /// Only rows written at or after this moment of the tables' own clock (<see cref="TableEntity.Timestamp"/>). The rest is passed over, not
    /// skipped: the engine still walks the whole range, and pages may come out empty before the last.
    /// </summary>
    public DateTimeOffset? ChangedSince { get; init; }

    /// <summary>Rows per page, at most 1,000 (the service's limit).</summary>
    public int PageSize { get; init; } = 1000;

    /// <summary>Row keys that start with <paramref name="prefix"/> in one partition.</summary>
    public static TableQuery Prefix(string partitionKey, string prefix) =>
        new() { PartitionKey = partitionKey, RowKeyFrom = prefix, RowKeyBelow = prefix[..^1] + (char)(prefix[^1] + 1) };
}

/// <summary>One page of a query and where the next one starts (null: that was all).</summary>
public sealed record TablePage(IReadOnlyList<TableEntity> Values, string? ContinuationToken);

/// <summary>
/// One table, with Azure Table Storage's semantics: rows by (PartitionKey, RowKey), ETags, partition range queries with
/// continuation, entity group transactions of at most 100 actions in one partition. Named after Azure.Data.Tables.TableClient;
/// unlike it, 404/409/412 come back as <see cref="Response"/>. Keys: at most 512 characters (1 KiB), none of / \ # ? or control characters
/// (ArgumentException). Whatever else goes wrong throws and may be tried again.
/// </summary>
public abstract class TableClient(string name)
{
    public string Name { get; } = name;

    /// <summary>Creates the table where it is missing.</summary>
    public abstract Task CreateIfNotExistsAsync(CancellationToken cancellation = default);

    /// <summary>The row, or null.</summary>
    public abstract ValueTask<TableEntity?> GetEntityIfExistsAsync(string partitionKey, string rowKey, CancellationToken cancellation = default);

    /// <summary>204, or 409 where the row exists.</summary>
    public abstract Task<Response> AddEntityAsync(TableEntity entity, CancellationToken cancellation = default);

    /// <summary>Inserts or updates whatever is there: 204.</summary>
    public abstract Task<Response> UpsertEntityAsync(TableEntity entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellation = default);

    /// <summary>204; 404 where there is no such row; 412 where its version is not <paramref name="ifMatch"/>.</summary>
    public abstract Task<Response> UpdateEntityAsync(TableEntity entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellation = default);

    /// <summary>204; 404; 412.</summary>
    public abstract Task<Response> DeleteEntityAsync(string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellation = default);

    /// <summary>One page in (PartitionKey, RowKey) order, starting at a token of an earlier page.</summary>
    /// <exception cref="FormatException">The token is none of an earlier page.</exception>
    public abstract Task<TablePage> QueryPageAsync(TableQuery query, string? continuationToken = null, CancellationToken cancellation = default);

    /// <summary>All or nothing: 1 to 100 actions on different rows of one partition. On failure the status of the first action that could not be done and its index.</summary>
    public abstract Task<TransactionResponse> SubmitTransactionAsync(IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellation = default);

    /// <summary>All rows of the query, page by page.</summary>
    public async IAsyncEnumerable<TableEntity> QueryAsync(TableQuery query, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        string? token = null;
        do
        {
            var page = await QueryPageAsync(query, token, cancellation);
            foreach (var entity in page.Values) yield return entity;
            token = page.ContinuationToken;
        } while (token is not null);
    }
}

/// <summary>The account's tables (Azure.Data.Tables.TableServiceClient).</summary>
public abstract class TableServiceClient
{
    /// <summary>A client of one table; cheap, the same object for the same name.</summary>
    public abstract TableClient GetTableClient(string tableName);

    /// <summary>
    /// Writes one after the other, in any tables and partitions, and stops at the first that is refused: whatever happens, a beginning of
    /// the list is done. The responses of those that were tried; where the last one is done, all are. Not a transaction: it saves the way,
    /// where the tables lie in one file, to wait for each before the next.
    /// </summary>
    public virtual async Task<IReadOnlyList<Response>> WriteInOrderAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellation = default)
    {
        var answers = new List<Response>(writes.Count);
        foreach (var write in writes)
        {
            answers.Add(await write.Do(cancellation));
            if (!answers[^1].Done) break;
        }
        return answers;
    }
}

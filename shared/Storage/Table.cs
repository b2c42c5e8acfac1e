using System.Runtime.CompilerServices;

namespace Automation.Storage;

/// <summary>What a table or queue answered: 2xx done; 404 not there; 409 already there; 412 another version is there.
/// These are answers, not errors.</summary>
public readonly record struct WriteResult(int Status, ETag ETag = default)
{
    public bool Done => Status is >= 200 and < 300;
}

/// <summary>What a transaction answered: all done (<see cref="ETags"/> in the actions' order, default for deletes), or
/// nothing done and the first action that stopped it.</summary>
public readonly record struct TransactionResult(int Status, IReadOnlyList<ETag> ETags, int? FailedAction = null)
{
    public bool Done => Status is >= 200 and < 300;
}

/// <summary>Merge keeps properties that are not named; replace drops them.</summary>
public enum UpdateMode { Merge, Replace }

/// <summary>Kind of one action inside an entity group transaction.</summary>
public enum RowActionKind { Add, UpdateMerge, UpdateReplace, Delete, UpsertMerge, UpsertReplace }

/// <summary>One action of an entity group transaction; <see cref="ETag"/> conditions updates and deletes (default: any
/// version).</summary>
public sealed record RowAction(RowActionKind Kind, Row Row, ETag ETag = default);

/// <summary>A write to one of several tables.</summary>
public sealed record TableWrite(Table Table, RowAction Action)
{
    /// <summary>Does it alone.</summary>
    public Task<WriteResult> Do(CancellationToken cancellation = default) => Action switch
    {
        { Kind: RowActionKind.Add, Row: var row } => Table.Add(row, cancellation),
        { Kind: RowActionKind.UpsertMerge, Row: var row } => Table.Upsert(row, UpdateMode.Merge, cancellation),
        { Kind: RowActionKind.UpsertReplace, Row: var row } => Table.Upsert(row, UpdateMode.Replace, cancellation),
        { Kind: RowActionKind.UpdateMerge, Row: var row } => Table.Update(
            row, Action.ETag, UpdateMode.Merge, cancellation),
        { Kind: RowActionKind.UpdateReplace, Row: var row } => Table.Update(
            row, Action.ETag, UpdateMode.Replace, cancellation),
        { Row: var row } => Table.Delete(row.PartitionKey, row.RowKey, Action.ETag, cancellation),
    };
}

/// <summary>A range of rows: one partition (or the whole table where null), row keys from (inclusive) to below
/// (exclusive), ordinal order.</summary>
public sealed record TableQuery
{
    public string? PartitionKey { get; init; }
    public string? RowKeyFrom { get; init; }
    public string? RowKeyBelow { get; init; }

    /// <summary>Only rows written at or after this moment of the tables' own clock (<see cref="Row.Timestamp"/>). The
    /// rest is passed over, not skipped: the engine still walks the whole range, and pages may come out empty before
    /// the last.</summary>
    public DateTimeOffset? ChangedSince { get; init; }

    /// <summary>Rows per page, at most 1,000 (the service's limit).</summary>
    public int PageSize { get; init; } = 1000;

    /// <summary>Row keys that start with <paramref name="prefix"/> in one partition.</summary>
    public static TableQuery Prefix(string partitionKey, string prefix) =>
        new() { PartitionKey = partitionKey, RowKeyFrom = prefix, RowKeyBelow = prefix[..^1] + (char)(prefix[^1] + 1) };
}

/// <summary>One page of a query and where the next one starts (null: that was all).</summary>
public sealed record TablePage(IReadOnlyList<Row> Values, string? ContinuationToken);

/// <summary>One table, with Azure Table Storage's semantics: rows by (PartitionKey, RowKey), ETags, partition range
/// queries with continuation, entity group transactions of at most 100 actions in one partition. 404, 409 and 412 come
/// back as <see cref="WriteResult"/>. Keys: at most 512 characters (1 KiB), none of / \ # ? or control characters
/// (ArgumentException). Whatever else goes wrong throws and may be tried again.</summary>
public abstract class Table(string name)
{
    public string Name { get; } = name;

    /// <summary>Creates the table where it is missing.</summary>
    public abstract Task CreateIfMissing(CancellationToken cancellation = default);

    /// <summary>The row, or null.</summary>
    public abstract ValueTask<Row?> Find(string partitionKey, string rowKey, CancellationToken cancellation = default);

    /// <summary>204, or 409 where the row exists.</summary>
    public abstract Task<WriteResult> Add(Row row, CancellationToken cancellation = default);

    /// <summary>Inserts or updates whatever is there: 204.</summary>
    public abstract Task<WriteResult> Upsert(
        Row row, UpdateMode mode = UpdateMode.Merge, CancellationToken cancellation = default);

    /// <summary>204; 404 where there is no such row; 412 where its version is not <paramref name="ifMatch"/>.</summary>
    public abstract Task<WriteResult> Update(
        Row row, ETag ifMatch, UpdateMode mode = UpdateMode.Merge, CancellationToken cancellation = default);

    /// <summary>204; 404; 412.</summary>
    public abstract Task<WriteResult> Delete(
        string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellation = default);

    /// <summary>One page in (PartitionKey, RowKey) order, starting at a token of an earlier page.</summary>
    /// <exception cref="FormatException">The token is not one of an earlier page.</exception>
    public abstract Task<TablePage> QueryPage(
        TableQuery query, string? continuationToken = null, CancellationToken cancellation = default);

    /// <summary>All or nothing: 1 to 100 actions on different rows of one partition. On failure the status of the first
    /// action that could not be done and its index.</summary>
    public abstract Task<TransactionResult> Submit(
        IReadOnlyList<RowAction> actions, CancellationToken cancellation = default);

    /// <summary>As <see cref="Submit"/>, for whoever is in no hurry: it may take some milliseconds longer, to share the
    /// way with other writes.</summary>
    public virtual Task<TransactionResult> SubmitUnhurried(IReadOnlyList<RowAction> actions) => Submit(actions);

    /// <summary>All rows of the query, page by page.</summary>
    public async IAsyncEnumerable<Row> Query(
        TableQuery query, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        string? token = null;
        do
        {
            var page = await QueryPage(query, token, cancellation);
            foreach (var row in page.Values) yield return row;
            token = page.ContinuationToken;
        } while (token is not null);
    }
}

/// <summary>The tables of one file or account.</summary>
public abstract class TableService
{
    /// <summary>The table of this name; cheap, the same object for the same name.</summary>
    public abstract Table GetTable(string tableName);

    /// <summary>Writes one after the other, in any tables and partitions, and stops at the first that is refused:
    /// whatever happens, a beginning of the list is done. The responses of those that were tried; where the last one is
    /// done, all are. Not a transaction: it saves the way, where the tables lie in one file, to wait for each before
    /// the next.</summary>
    public virtual async Task<IReadOnlyList<WriteResult>> WriteInOrder(
        IReadOnlyList<TableWrite> writes, CancellationToken cancellation = default)
    {
        var answers = new List<WriteResult>(writes.Count);
        foreach (var write in writes)
        {
            answers.Add(await write.Do(cancellation));
            if (!answers[^1].Done) break;
        }
        return answers;
    }

    /// <summary>As <see cref="WriteInOrder"/>, for whoever is in no hurry: it may take some milliseconds longer, to
    /// share the way with other writes.</summary>
    public virtual Task<IReadOnlyList<WriteResult>> WriteInOrderUnhurried(IReadOnlyList<TableWrite> writes) =>
        WriteInOrder(writes);
}

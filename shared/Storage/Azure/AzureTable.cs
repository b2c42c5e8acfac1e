using System.Buffers.Text;
using System.Text;
using Azure;
using Azure.Data.Tables;

namespace Automation.Storage.Azure;

/// <summary>One table. A write whose repetition is refused looks by its mark whether an earlier try was done.</summary>
internal sealed class AzureTable(string name, TableClient client) : Table(name)
{
    // Matches no row: a version from before there were tables, for a row of ours that somebody has changed since.
    private static readonly ETag Superseded = new("W/\"datetime'1601-01-01T00%3A00%3A00Z'\"");
    private volatile bool created;

    public override async Task CreateIfMissing(CancellationToken cancellation)
    {
        if (created) return;
        using var scope = Call.Begin("table.create", out _);
        try { await client.CreateAsync(cancellation); }
        catch (RequestFailedException there) when (there.ErrorCode == "TableAlreadyExists") { }
        created = true;
    }

    public override async ValueTask<Row?> Find(string partitionKey, string rowKey, CancellationToken cancellation)
    {
        RowRules.CheckKeys(partitionKey, rowKey);
        return await Read(partitionKey, rowKey, cancellation) is { } entity ? RowEntities.Row(entity) : null;
    }

    public override Task<WriteResult> Add(Row row, CancellationToken cancellation) =>
        Write("table.add", new(RowActionKind.Add, row), write => client.AddEntityAsync(write.Entity, cancellation));

    public override Task<WriteResult> Upsert(Row row, UpdateMode mode, CancellationToken cancellation) =>
        Write("table.upsert", new(RowActionKind.UpsertMerge, row),
            write => client.UpsertEntityAsync(write.Entity, (TableUpdateMode)mode, cancellation));

    public override Task<WriteResult> Update(Row row, ETag ifMatch, UpdateMode mode, CancellationToken cancellation) =>
        Write("table.update", new(RowActionKind.UpdateMerge, row, ifMatch),
            write => client.UpdateEntityAsync(write.Entity, write.ETag, (TableUpdateMode)mode, cancellation));

    public override Task<WriteResult> Delete(
        string partitionKey, string rowKey, ETag ifMatch, CancellationToken cancellation) =>
        Write("table.delete", new(RowActionKind.Delete, new(partitionKey, rowKey), ifMatch),
            write => client.DeleteEntityAsync(partitionKey, rowKey, write.ETag, cancellation));

    public override async Task<TablePage> QueryPage(TableQuery query, string? token, CancellationToken cancellation)
    {
        RowRules.CheckPageSize(query);
        var from = token is null ? null : Theirs(token);
        using var scope = Call.Begin("table.query", out _);
        try
        {
            var rows = client.QueryAsync<TableEntity>(Filter(query), query.PageSize, null, cancellation);
            await foreach (var page in rows.AsPages(from))
                return new([.. page.Values.Select(RowEntities.Row)], Ours(page.ContinuationToken));
            return new([], null);
        }
        catch (RequestFailedException bad) when (bad.Status == 400 && token is not null) { throw NoToken(bad); }
    }

    public override async Task<TransactionResult> Submit(
        IReadOnlyList<RowAction> actions, CancellationToken cancellation)
    {
        RowRules.CheckTransaction(actions);
        var mark = Guid.NewGuid();
        var writes = actions.Select(action => Marked(action, mark));
        using var scope = Call.Begin("table.transaction", out var call);
        try { return new(202, [.. (await client.SubmitTransactionAsync(writes, cancellation)).Value.Select(Version)]); }
        catch (RequestFailedException refused) when (IsAnswer(refused))
        {
            if (call.Tries > 1 && await Done(actions, mark) is { } etags) return new(202, etags);
            return new(refused.Status, [], (refused as TableTransactionFailedException)?.FailedTransactionActionIndex);
        }
    }

    private async Task<WriteResult> Write(
        string operation, RowAction action, Func<TableTransactionAction, Task<Response>> send)
    {
        var mark = Guid.NewGuid();
        using var scope = Call.Begin(operation, out var call);
        try
        {
            var answer = await send(Marked(action, mark));
            return answer.Status == 404 ? new(RowMissing(answer)) : new(204, Version(answer));
        }
        catch (RequestFailedException refused) when (IsAnswer(refused))
        {
            var done = call.Tries > 1 ? await Done([action], mark) : null;
            return done is [var etag] ? new(204, etag) : new(refused.Status);
        }
    }

    /// <summary>Kinds and modes are the SDK's; without a version its updates in transactions are upserts.</summary>
    private static TableTransactionAction Marked(RowAction action, Guid mark) => new(
        (TableTransactionActionType)action.Kind,
        RowEntities.Entity(action.Row, action.Kind is RowActionKind.Delete ? null : mark),
        new(action.ETag.Value is { Length: > 0 } version ? version : ETag.All.Value));

    /// <summary>The rows' versions if these refused writes were done before: a row has their mark. Else null.</summary>
    private async Task<ETag[]?> Done(IReadOnlyList<RowAction> actions, Guid mark)
    {
        var found = await Task.WhenAll(actions.Select(done => Read(done.Row.PartitionKey, done.Row.RowKey, default)));
        if (!found.Any(row => RowEntities.HasMark(row, mark))) return null;
        return [.. found.Zip(actions, (row, action) => action.Kind is RowActionKind.Delete ? default
            : RowEntities.HasMark(row, mark) ? new(row!.ETag.ToString()) : Superseded)];
    }

    private async Task<TableEntity?> Read(string partitionKey, string rowKey, CancellationToken cancellation)
    {
        using var scope = Call.Begin("table.get", out _);
        var found = await client.GetEntityIfExistsAsync<TableEntity>(partitionKey, rowKey, null, cancellation);
        if (found.HasValue) return found.Value;
        RowMissing(found.GetRawResponse());
        return null;
    }

    /// <summary>404 for a row. A table that is missing is an error, and the SDK does not tell them apart.</summary>
    private static int RowMissing(Response answer) => answer.Content.ToMemory().Span.IndexOf("TableNotFound"u8) < 0
        ? answer.Status
        : throw new RequestFailedException(answer.Status, "The table is missing.", "TableNotFound", null);

    /// <summary>Is it about the row? A table that is missing or being deleted is an error, not an answer.</summary>
    private static bool IsAnswer(RequestFailedException refused) => (refused.Status, refused.ErrorCode) is
        (404, not "TableNotFound") or (409, "EntityAlreadyExists") or (412, _);

    private static ETag Version(Response answer) => answer.Headers.ETag is { } etag ? new(etag.ToString()) : default;

    private static string Filter(TableQuery query)
    {
        List<FormattableString> conditions = [];
        if (query.PartitionKey is { } partitionKey) conditions.Add($"PartitionKey eq {partitionKey}");
        if (query.RowKeyFrom is { Length: > 0 } from) conditions.Add($"RowKey ge {from}");
        if (query.RowKeyBelow is { } below) conditions.Add($"RowKey lt {below}");
        if (query.ChangedSince is { } since) conditions.Add($"Timestamp ge {since}");
        return string.Join(" and ", conditions.Select(TableClient.CreateQueryFilter));
    }

    /// <summary>A token that fits into an address: two opaque texts of the service, a line each.</summary>
    private static string? Ours(string? token) =>
        token is null ? null : Base64Url.EncodeToString(Encoding.UTF8.GetBytes(token.Replace(' ', '\n')));

    private static string Theirs(string token) =>
        Base64Url.IsValid(token) && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)) is { } texts
        && texts.Split('\n') is [{ Length: > 0 }, _] ? texts.Replace('\n', ' ') : throw NoToken();

    private static FormatException NoToken(Exception? why = null) => new("Not a continuation token of a query.", why);
}

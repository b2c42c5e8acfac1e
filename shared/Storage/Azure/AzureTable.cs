using System.Buffers;
using Azure.Core;
using static Automation.Storage.RowActionKind;

namespace Automation.Storage.Azure;

/// <summary>One table over the REST API. A write whose first try got no answer and whose repetition is refused looks by its mark whether it was done.</summary>
internal sealed class AzureTable(string name, StorageService service) : Table(name)
{
    private const int MostActions = 100;
    private const string Json = "application/json;odata=minimalmetadata";

    // Matches no row: a version from before there were tables, for a row of ours that somebody has changed since.
    private static readonly ETag Superseded = new("W/\"datetime'1601-01-01T00%3A00%3A00Z'\"");
    private volatile bool created;

    /// <inheritdoc/>
    public override async Task CreateIfMissing(CancellationToken cancellation = default)
    {
        if (created) return;
        using var message = service.Request("table.create", RequestMethod.Post, "Tables", System.Text.Encoding.UTF8.GetBytes($$"""{"TableName":"{{Name}}"}"""));
        message.Request.Headers.SetValue("Prefer", "return-no-content");
        message.Request.Headers.SetValue("Accept", Json);
        await service.Send(message, cancellation);
        if (message.Response.Status is not (201 or 204) && !(message.Response.Status == 409 && StorageService.ErrorCode(message) == "TableAlreadyExists"))
            throw StorageService.Failed(message, Name);
        created = true;
    }

    /// <inheritdoc/>
    public override async ValueTask<Row?> Find(string partitionKey, string rowKey, CancellationToken cancellation = default)
    {
        RowRules.CheckKeys(partitionKey, rowKey);
        return (await Read(partitionKey, rowKey, cancellation))?.Entity;
    }

    /// <inheritdoc/>
    public override Task<WriteResult> Add(Row entity, CancellationToken cancellation = default) => Write(RowActionKind.Add, entity, default, cancellation);

    /// <inheritdoc/>
    public override Task<WriteResult> Upsert(Row entity, UpdateMode mode = UpdateMode.Merge, CancellationToken cancellation = default) =>
        Write(mode is UpdateMode.Merge ? UpsertMerge : UpsertReplace, entity, default, cancellation);

    /// <inheritdoc/>
    public override Task<WriteResult> Update(Row entity, ETag ifMatch, UpdateMode mode = UpdateMode.Merge, CancellationToken cancellation = default) =>
        Write(mode is UpdateMode.Merge ? UpdateMerge : UpdateReplace, entity, ifMatch, cancellation);

    /// <inheritdoc/>
    public override Task<WriteResult> Delete(string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellation = default) =>
        Write(RowActionKind.Delete, new Row(partitionKey, rowKey), ifMatch, cancellation);

    /// <inheritdoc/>
    public override async Task<TablePage> QueryPage(TableQuery query, string? continuationToken = null, CancellationToken cancellation = default)
    {
        if (query.PageSize is < 1 or > 1000) throw new ArgumentException($"A page has 1 to 1,000 rows, not {query.PageSize}.", nameof(query));
        using var message = service.Request("table.query", RequestMethod.Get, TableAddresses.Query(Name, query, continuationToken));
        message.Request.Headers.SetValue("Accept", Json);
        await service.Send(message, cancellation);
        // What the service does not take back as its own is refused there; the rest of the query is always the same.
        if (message.Response.Status == 400 && continuationToken is not null)
            throw new FormatException(
                "This is no continuation token of a table query.", StorageService.Failed(message, Name));
        if (message.Response.Status != 200) throw StorageService.Failed(message, Name);
        var headers = message.Response.Headers;
        headers.TryGetValue("x-ms-continuation-NextRowKey", out var nextRowKey);
        var next = headers.TryGetValue("x-ms-continuation-NextPartitionKey", out var nextPartitionKey) ? TableAddresses.Token(nextPartitionKey, nextRowKey) : null;
        return new TablePage(EntityReader.Page(message.Response.Content), next);
    }

    /// <inheritdoc/>
    public override async Task<TransactionResult> Submit(IReadOnlyList<RowAction> actions, CancellationToken cancellation = default)
    {
        var writes = Checked(actions);
        var changes = new ChangeSet(service.Endpoint, Name, writes, service.WantsAscii);
        using var message = service.Request("table.transaction", RequestMethod.Post, "$batch", changes.Body, changes.ContentType);
        message.Request.Headers.SetValue("Accept", Json);
        message.Request.Headers.SetValue("DataServiceVersion", "3.0");
        await service.Send(message, cancellation);
        if (message.Response.Status != 202) throw StorageService.Failed(message, Name);
        var (status, action, code) = ChangeSet.Refusal(message.Response.Content);
        if (status == 0) return new TransactionResult(202, ChangeSet.ETags(message.Response.Content, writes.Length));
        if (!IsAnswer(status, code)) throw StorageService.Failed(message, Name, status, code);
        if (StorageService.WasRepeated(message) && await Done(writes, cancellation) is { } etags) return new TransactionResult(202, etags);
        return new TransactionResult(status, [], action);
    }

    private async Task<WriteResult> Write(RowActionKind type, Row entity, ETag etag, CancellationToken cancellation)
    {
        var write = TableWrite.Checked(type, entity, etag, WriteMark.Next());
        var body = new ArrayBufferWriter<byte>(1024);
        if (type is not RowActionKind.Delete) EntityJson.Write(body, entity, write.Mark, service.WantsAscii);
        using var message = service.Request(write.Operation, write.Method, write.Address(Name), body.WrittenMemory);
        message.Request.Headers.SetValue("Accept", Json);
        if (write.IfMatch is { } ifMatch) message.Request.Headers.SetValue("If-Match", ifMatch);
        if (type is RowActionKind.Add) message.Request.Headers.SetValue("Prefer", "return-no-content");
        await service.Send(message, cancellation);
        var response = message.Response;
        if (response.Status is 201 or 204) return new WriteResult(204, type is not RowActionKind.Delete && response.Headers.TryGetValue("ETag", out var version) ? new ETag(version) : default);
        if (!IsAnswer(response.Status, StorageService.ErrorCode(message))) throw StorageService.Failed(message, Name);
        if (StorageService.WasRepeated(message) && await Done([write], cancellation) is { } done) return new WriteResult(204, done[0]);
        return new WriteResult(response.Status);
    }

    private static TableWrite[] Checked(IReadOnlyList<RowAction> actions)
    {
        if (actions.Count is 0 or > MostActions) throw new ArgumentException($"A transaction has 1 to {MostActions} actions, not {actions.Count}.", nameof(actions));
        var seen = new HashSet<string>(actions.Count, StringComparer.Ordinal);
        var mark = WriteMark.Next();
        var writes = new TableWrite[actions.Count];
        for (var i = 0; i < writes.Length; i++)
        {
            var entity = actions[i].Row;
            if (entity.PartitionKey != actions[0].Row.PartitionKey) throw new ArgumentException($"Action {i} is for another partition.", nameof(actions));
            if (!seen.Add(entity.RowKey)) throw new ArgumentException($"Action {i} is for the same row as an earlier one.", nameof(actions));
            writes[i] = TableWrite.Checked(actions[i].Kind, entity, actions[i].ETag, mark);
        }
        return writes;
    }

    /// <summary>The versions of the rows if these writes, refused when repeated, had been done before: one of the rows still has their mark. Else null.</summary>
    private async Task<ETag[]?> Done(TableWrite[] writes, CancellationToken cancellation)
    {
        var etags = new ETag[writes.Length];
        var ours = false;
        for (var i = 0; i < writes.Length; i++)
        {
            if (writes[i] is not { Mark: { } mark, Entity: var entity }) continue;
            var row = await Read(entity.PartitionKey, entity.RowKey, cancellation);
            var last = row?.Mark == mark;
            etags[i] = last ? row!.Value.Entity.ETag : Superseded;
            ours |= last;
        }
        return ours ? etags : null;
    }

    private async ValueTask<MarkedRow?> Read(string partitionKey, string rowKey, CancellationToken cancellation)
    {
        using var message = service.Request("table.get", RequestMethod.Get, TableAddresses.Row(Name, partitionKey, rowKey));
        message.Request.Headers.SetValue("Accept", Json);
        await service.Send(message, cancellation);
        if (message.Response.Status == 200) return EntityReader.One(message.Response.Content);
        return message.Response.Status == 404 && IsAnswer(404, StorageService.ErrorCode(message)) ? null : throw StorageService.Failed(message, Name);
    }

    /// <summary>Speaks it of the row? A table that is missing or being deleted is an error, not an answer.</summary>
    private static bool IsAnswer(int status, string code) => (status, code) switch
    {
        (404, not "TableNotFound") => true,
        (409, "EntityAlreadyExists") => true,
        (412, _) => true,
        _ => false,
    };
}

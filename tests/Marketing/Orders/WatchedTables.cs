using Automation.Storage;

namespace Automation.Marketing.Tests.Orders;

/// <summary>The process dies here.</summary>
internal sealed class KilledException : Exception;

/// <summary>Tables that count what is done to them and can die at a given write, just before or just after it.</summary>
internal sealed class WatchedTables(TableServiceClient inner) : TableServiceClient
{
    private readonly Dictionary<string, TableClient> tables = [];

    public List<string> Operations { get; } = [];
    public int? KillAtWrite { get; set; }
    public bool KillAfter { get; set; }
    public int Writes { get; private set; }

    public int Reads(string table) => Operations.Count(operation => operation == $"read {table}");
    public int WritesTo(string table) => Operations.Count(operation => operation == $"write {table}");

    public void Reset()
    {
        Operations.Clear();
        Writes = 0;
        KillAtWrite = null;
    }

    public override TableClient GetTableClient(string tableName) =>
        tables.TryGetValue(tableName, out var table) ? table : tables[tableName] = new Watched(this, inner.GetTableClient(tableName));

    private void Read(string table)
    {
        lock (Operations) Operations.Add($"read {table}");
    }

    private async Task<T> Write<T>(string table, Func<Task<T>> write)
    {
        lock (Operations) Operations.Add($"write {table}");
        var killed = Writes++ == KillAtWrite;
        if (killed && !KillAfter) throw new KilledException();
        var answer = await write();
        return killed ? throw new KilledException() : answer;
    }

    private sealed class Watched(WatchedTables all, TableClient table) : TableClient(table.Name)
    {
        public override Task CreateIfNotExistsAsync(CancellationToken cancellation = default) => table.CreateIfNotExistsAsync(cancellation);

        public override ValueTask<TableEntity?> GetEntityIfExistsAsync(string partitionKey, string rowKey, CancellationToken cancellation = default)
        {
            all.Read(Name);
            return table.GetEntityIfExistsAsync(partitionKey, rowKey, cancellation);
        }

        public override Task<Response> AddEntityAsync(TableEntity entity, CancellationToken cancellation = default) =>
            all.Write(Name, () => table.AddEntityAsync(entity, cancellation));

        public override Task<Response> UpsertEntityAsync(TableEntity entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellation = default) =>
            all.Write(Name, () => table.UpsertEntityAsync(entity, mode, cancellation));

        public override Task<Response> UpdateEntityAsync(TableEntity entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellation = default) =>
            all.Write(Name, () => table.UpdateEntityAsync(entity, ifMatch, mode, cancellation));

        public override Task<Response> DeleteEntityAsync(string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellation = default) =>
            all.Write(Name, () => table.DeleteEntityAsync(partitionKey, rowKey, ifMatch, cancellation));

        public override Task<TablePage> QueryPageAsync(TableQuery query, string? continuationToken = null, CancellationToken cancellation = default)
        {
            all.Read(Name);
            return table.QueryPageAsync(query, continuationToken, cancellation);
        }

        public override Task<TransactionResponse> SubmitTransactionAsync(IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellation = default) =>
            all.Write(Name, () => table.SubmitTransactionAsync(actions, cancellation));
    }
}

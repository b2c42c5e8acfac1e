using Automation.Storage;

namespace Automation.Benchmarks;

/// <summary>Tables that count what is done to them: a page read, a row read, a write, a transaction are one operation each.</summary>
internal sealed class CountedTables(TableServiceClient inner) : TableServiceClient
{
    private readonly Dictionary<string, TableClient> tables = [];
    private int operations;

    public int Operations { get => operations; set => operations = value; }

    public override TableClient GetTableClient(string tableName) =>
        tables.TryGetValue(tableName, out var table) ? table : tables[tableName] = new Counted(this, inner.GetTableClient(tableName));

    private sealed class Counted(CountedTables all, TableClient table) : TableClient(table.Name)
    {
        public override Task CreateIfNotExistsAsync(CancellationToken cancellation = default) => table.CreateIfNotExistsAsync(cancellation);
        public override ValueTask<TableEntity?> GetEntityIfExistsAsync(string partitionKey, string rowKey, CancellationToken cancellation = default) { Count(); return table.GetEntityIfExistsAsync(partitionKey, rowKey, cancellation); }
        public override Task<Response> AddEntityAsync(TableEntity entity, CancellationToken cancellation = default) { Count(); return table.AddEntityAsync(entity, cancellation); }
        public override Task<Response> UpsertEntityAsync(TableEntity entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellation = default) { Count(); return table.UpsertEntityAsync(entity, mode, cancellation); }
        public override Task<Response> UpdateEntityAsync(TableEntity entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellation = default) { Count(); return table.UpdateEntityAsync(entity, ifMatch, mode, cancellation); }
        public override Task<Response> DeleteEntityAsync(string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellation = default) { Count(); return table.DeleteEntityAsync(partitionKey, rowKey, ifMatch, cancellation); }
        public override Task<TablePage> QueryPageAsync(TableQuery query, string? continuationToken = null, CancellationToken cancellation = default) { Count(); return table.QueryPageAsync(query, continuationToken, cancellation); }
        public override Task<TransactionResponse> SubmitTransactionAsync(IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellation = default) { Count(); return table.SubmitTransactionAsync(actions, cancellation); }
        private void Count() => Interlocked.Increment(ref all.operations);
    }
}

using Automation.Storage;

namespace Automation.Year.Tests.Faults;

/// <summary>The process is dead.</summary>
public sealed class KilledException() : Exception("The process was killed.");

/// <summary>Tables of a process that can be killed at each of their writes, just before or just after it. Whoever is dead reads nothing, either.</summary>
internal sealed class MortalTables(TableServiceClient inner, Life life) : TableServiceClient
{
    private readonly Dictionary<string, TableClient> tables = [];

    public override TableClient GetTableClient(string tableName)
    {
        lock (tables) return tables.TryGetValue(tableName, out var table) ? table : tables[tableName] = new Mortal(life, inner.GetTableClient(tableName));
    }

    private sealed class Mortal(Life life, TableClient table) : TableClient(table.Name)
    {
        public override Task CreateIfNotExistsAsync(CancellationToken cancellation = default) => table.CreateIfNotExistsAsync(cancellation);

        public override ValueTask<TableEntity?> GetEntityIfExistsAsync(string partitionKey, string rowKey, CancellationToken cancellation = default)
        {
            life.Check();
            return table.GetEntityIfExistsAsync(partitionKey, rowKey, cancellation);
        }

        public override Task<Response> AddEntityAsync(TableEntity entity, CancellationToken cancellation = default) =>
            life.Write(() => table.AddEntityAsync(entity, cancellation));

        public override Task<Response> UpsertEntityAsync(TableEntity entity, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellation = default) =>
            life.Write(() => table.UpsertEntityAsync(entity, mode, cancellation));

        public override Task<Response> UpdateEntityAsync(TableEntity entity, ETag ifMatch, TableUpdateMode mode = TableUpdateMode.Merge, CancellationToken cancellation = default) =>
            life.Write(() => table.UpdateEntityAsync(entity, ifMatch, mode, cancellation));

        public override Task<Response> DeleteEntityAsync(string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellation = default) =>
            life.Write(() => table.DeleteEntityAsync(partitionKey, rowKey, ifMatch, cancellation));

        public override Task<TablePage> QueryPageAsync(TableQuery query, string? continuationToken = null, CancellationToken cancellation = default)
        {
            life.Check();
            return table.QueryPageAsync(query, continuationToken, cancellation);
        }

        public override Task<TransactionResponse> SubmitTransactionAsync(IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellation = default) =>
            life.Write(() => table.SubmitTransactionAsync(actions, cancellation));
    }
}

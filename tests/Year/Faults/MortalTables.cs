using Automation.Storage;

namespace Automation.Year.Tests.Faults;

/// <summary>The process is dead.</summary>
public sealed class KilledException() : Exception("The process was killed.");

/// <summary>Tables of a process that can be killed at each of their writes, just before or just after it. Whoever is
/// dead reads nothing, either.</summary>
internal sealed class MortalTables(TableService inner, Life life) : TableService
{
    private readonly Dictionary<string, Table> tables = [];

    public override Table GetTable(string tableName)
    {
        lock (tables) return tables.TryGetValue(tableName, out var table) ? table
            : tables[tableName] = new Mortal(life, inner.GetTable(tableName));
    }

    private sealed class Mortal(Life life, Table table) : Table(table.Name)
    {
        public override Task CreateIfMissing(CancellationToken cancellation = default) =>
            table.CreateIfMissing(cancellation);

        public override ValueTask<Row?> Find(
            string partitionKey, string rowKey, CancellationToken cancellation = default)
        {
            life.Check();
            return table.Find(partitionKey, rowKey, cancellation);
        }

        public override Task<WriteResult> Add(Row entity, CancellationToken cancellation = default) =>
            life.Write(() => table.Add(entity, cancellation));

        public override Task<WriteResult> Upsert(
            Row entity, UpdateMode mode = UpdateMode.Merge, CancellationToken cancellation = default) =>
                life.Write(() => table.Upsert(entity, mode, cancellation));

        public override Task<WriteResult> Update(
            Row entity, ETag ifMatch, UpdateMode mode = UpdateMode.Merge, CancellationToken cancellation = default) =>
                life.Write(() => table.Update(entity, ifMatch, mode, cancellation));

        public override Task<WriteResult> Delete(
            string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellation = default) =>
                life.Write(() => table.Delete(partitionKey, rowKey, ifMatch, cancellation));

        public override Task<TablePage> QueryPage(
            TableQuery query, string? continuationToken = null, CancellationToken cancellation = default)
        {
            life.Check();
            return table.QueryPage(query, continuationToken, cancellation);
        }

        public override Task<TransactionResult> Submit(
            IReadOnlyList<RowAction> actions, CancellationToken cancellation = default) =>
                life.Write(() => table.Submit(actions, cancellation));
    }
}

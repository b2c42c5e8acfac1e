using Automation.Storage;

namespace Automation.Benchmarks;

/// <summary>Tables that count what is done to them: a page read, a row read, a write, a transaction are one operation
/// each.</summary>
internal sealed class CountedTables(TableService inner) : TableService
{
    private readonly Dictionary<string, Table> tables = [];
    private int operations;

    public int Operations { get => operations; set => operations = value; }

    public override Table GetTable(string tableName) =>
        tables.TryGetValue(tableName, out var table) ? table
            : tables[tableName] = new Counted(this, inner.GetTable(tableName));

    private sealed class Counted(CountedTables all, Table table) : Table(table.Name)
    {
        public override Task CreateIfMissing(CancellationToken cancellation = default) =>
            table.CreateIfMissing(cancellation);
        public override ValueTask<Row?> Find(
            string partitionKey, string rowKey, CancellationToken cancellation = default)
        {
            Count();
            return table.Find(partitionKey, rowKey, cancellation);
        }
        public override Task<WriteResult> Add(
            Row entity, CancellationToken cancellation = default)
        { Count(); return table.Add(entity, cancellation); }
        public override Task<WriteResult> Upsert(Row entity, UpdateMode mode = UpdateMode.Merge,
            CancellationToken cancellation = default)
        { Count(); return table.Upsert(entity, mode, cancellation); }
        public override Task<WriteResult> Update(
            Row entity, ETag ifMatch, UpdateMode mode = UpdateMode.Merge, CancellationToken cancellation = default)
        {
            Count();
            return table.Update(entity, ifMatch, mode, cancellation);
        }
        public override Task<WriteResult> Delete(
            string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellation = default)
        {
            Count();
            return table.Delete(partitionKey, rowKey, ifMatch, cancellation);
        }
        public override Task<TablePage> QueryPage(
            TableQuery query, string? continuationToken = null, CancellationToken cancellation = default)
        {
            Count();
            return table.QueryPage(query, continuationToken, cancellation);
        }
        public override Task<TransactionResult> Submit(IReadOnlyList<RowAction> actions,
            CancellationToken cancellation = default)
        { Count(); return table.Submit(actions, cancellation); }
        private void Count() => Interlocked.Increment(ref all.operations);
    }
}

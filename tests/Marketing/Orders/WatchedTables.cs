using Automation.Storage;

namespace Automation.Marketing.Tests.Orders;

/// <summary>The process dies here.</summary>
internal sealed class KilledException : Exception;

/// <summary>Tables that count what is done to them and can die at a given write, just before or just after
/// it.</summary>
internal sealed class WatchedTables(TableService inner) : TableService
{
    private readonly Dictionary<string, Table> tables = [];

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

    public override Table GetTable(string tableName) =>
        tables.TryGetValue(tableName, out var table) ? table
            : tables[tableName] = new Watched(this, inner.GetTable(tableName));

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

    private sealed class Watched(WatchedTables all, Table table) : Table(table.Name)
    {
        public override Task CreateIfMissing(CancellationToken cancellation = default) =>
            table.CreateIfMissing(cancellation);

        public override ValueTask<Row?> Find(
            string partitionKey, string rowKey, CancellationToken cancellation = default)
        {
            all.Read(Name);
            return table.Find(partitionKey, rowKey, cancellation);
        }

        public override Task<WriteResult> Add(Row entity, CancellationToken cancellation = default) =>
            all.Write(Name, () => table.Add(entity, cancellation));

        public override Task<WriteResult> Upsert(
            Row entity, UpdateMode mode = UpdateMode.Merge, CancellationToken cancellation = default) =>
                all.Write(Name, () => table.Upsert(entity, mode, cancellation));

        public override Task<WriteResult> Update(
            Row entity, ETag ifMatch, UpdateMode mode = UpdateMode.Merge, CancellationToken cancellation = default) =>
                all.Write(Name, () => table.Update(entity, ifMatch, mode, cancellation));

        public override Task<WriteResult> Delete(
            string partitionKey, string rowKey, ETag ifMatch = default, CancellationToken cancellation = default) =>
                all.Write(Name, () => table.Delete(partitionKey, rowKey, ifMatch, cancellation));

        public override Task<TablePage> QueryPage(
            TableQuery query, string? continuationToken = null, CancellationToken cancellation = default)
        {
            all.Read(Name);
            return table.QueryPage(query, continuationToken, cancellation);
        }

        public override Task<TransactionResult> Submit(
            IReadOnlyList<RowAction> actions, CancellationToken cancellation = default) =>
                all.Write(Name, () => table.Submit(actions, cancellation));
    }
}

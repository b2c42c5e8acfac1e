namespace Automation.Storage.Sqlite;

/// <summary>Rows of one table as they were written a moment ago, so that what follows a write does not look for it in
/// the file. One row has a slot by its key; whoever writes puts its row there before its commit and says that it is on
/// disk after it. So nobody is given a row that came to nothing or was written over, and one that loses its slot is in
/// the file.</summary>
internal sealed class RecentRows
{
    // Larger ones, such as an issue's chunks, would be tens of megabytes.
    private const int Slots = 1024, LargestRow = 4096;
    private readonly RowWrite?[] slots = new RowWrite?[Slots];

    /// <summary>On the writer's thread, inside the transaction that wrote the row or took it away.</summary>
    public void Put(RowWrite row) =>
        Volatile.Write(
            ref Slot(row.PartitionKey, row.RowKey),
            row.IsWhole && row.Properties.Length <= LargestRow ? row : null);

    /// <summary>The row, if it is here.</summary>
    public Row? Find(string partitionKey, string rowKey)
    {
        if (Volatile.Read(ref Slot(partitionKey, rowKey)) is not { IsOnDisk: true } row
            || row.PartitionKey != partitionKey || row.RowKey != rowKey) return null;
        return TablePages.Row(row.WrittenAs, row.Ticks, row.Properties, partitionKey, rowKey);
    }

    private ref RowWrite? Slot(string partitionKey, string rowKey) =>
        ref slots[KeyFilter.Hash(partitionKey, rowKey) % Slots];
}

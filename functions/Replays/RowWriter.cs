using Automation.Storage;

namespace Automation.Functions.Replays;

/// <summary>Writes many rows of one table, those of a partition that come one after the other in one
/// transaction.</summary>
internal sealed class RowWriter(Table table)
{
    private const int AtOnce = 100;
    private readonly List<RowAction> rows = [];

    public async Task Add(Row row, CancellationToken cancellation)
    {
        if (rows.Count == AtOnce || rows.Count > 0 && rows[0].Row.PartitionKey != row.PartitionKey)
            await Flush(cancellation);
        rows.Add(new(RowActionKind.UpsertReplace, row));
    }

    public async Task Flush(CancellationToken cancellation)
    {
        if (rows.Count == 0) return;
        var answer = await table.Submit([.. rows], cancellation);
        if (!answer.Done) throw new IOException($"{table.Name} answered {answer.Status}.");
        rows.Clear();
    }
}

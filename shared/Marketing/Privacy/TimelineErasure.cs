using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Search;
using Automation.Storage;

namespace Automation.Marketing.Privacy;

/// <summary>Empties a timeline: enrollments, sends and what became of them go, and with them the notes about sends of
/// uncertain outcome. That a consent was given or withdrawn stays (特定電子メール法 art. 3-2), without the evidence, which is
/// personal. Nobody finds the customer any more.</summary>
public sealed class TimelineErasure(Tables tables, SearchIndex index, Regulars regulars)
{
    private const int PerTransaction = 100;

    public async Task Forget(CustomerId id)
    {
        while (!await Empty(id)) { }
        await foreach (var row in tables.Attention.Query(new TableQuery { PartitionKey = "uncertain" }))
            if (row.RowKey.Contains($"|{id}-", StringComparison.Ordinal))
                await tables.Attention.Delete("uncertain", row.RowKey);
        await index.Forget(id);
        await regulars.Forget(id);
    }

    /// <summary>False where somebody wrote to one of the rows meanwhile.</summary>
    private async Task<bool> Empty(CustomerId id)
    {
        var all = true;
        await foreach (var rows in tables.Timeline.Query(new TableQuery { PartitionKey = id.Value })
            .Chunk(PerTransaction))
        {
            var actions = rows.Select(Forget).OfType<RowAction>().ToList();
            if (actions.Count > 0) all &= (await tables.Timeline.Submit(actions)).Done;
        }
        return all;
    }

    private static RowAction? Forget(Row row)
    {
        if (!row.RowKey.StartsWith("c|", StringComparison.Ordinal)) return new(RowActionKind.Delete, row, row.ETag);
        var said = Documents.Read(row, CustomerJson.ConsentRecord).Value;
        var bare = said with { Evidence = null, Ip = null };
        return bare == said ? null
            : new(RowActionKind.UpdateReplace,
                Documents.Entity(row.PartitionKey, row.RowKey, bare, CustomerJson.ConsentRecord), row.ETag);
    }
}

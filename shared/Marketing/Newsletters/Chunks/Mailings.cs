using System.Runtime.CompilerServices;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;
using Automation.Storage;

namespace Automation.Marketing.Newsletters.Chunks;

/// <summary>A customer's sends of newsletters, found through the issues: one read each.</summary>
public sealed class Mailings(Tables tables, ChunkLedger ledger)
{
    public async IAsyncEnumerable<Send> Of(
        CustomerId customer, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        // Partitions that begin with ~ are ours, the others newsletters.
        await foreach (var row in tables.Issues.Query(new TableQuery(), cancellation))
            if (IssueId.Parse($"{row.PartitionKey}/{row.RowKey}") is { } issue
                && await ledger.Find(issue, customer) is var (chunk, place))
                yield return ChunkLedger.Send(issue, chunk, place);
    }
}

using System.Runtime.CompilerServices;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;
using Automation.Storage;

namespace Automation.Marketing.Newsletters.Chunks;

/// <summary>A customer's sends of newsletters, found through the issues: one read each, two
/// of those that go both ways.</summary>
public sealed class Mailings(Tables tables, ChunkLedger ledger)
{
    public async IAsyncEnumerable<Send> Of(
        CustomerId customer, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        // Partitions that begin with ~ are ours, the others newsletters.
        await foreach (var row in tables.Issues.Query(new TableQuery(), cancellation))
            if (IssueId.Parse($"{row.PartitionKey}/{row.RowKey}") is { } issue)
                await foreach (var (chunk, place) in ledger.All(issue, IssueStore.IsBothWays(row), customer))
                    yield return ChunkLedger.Send(issue, chunk, place);
    }
}

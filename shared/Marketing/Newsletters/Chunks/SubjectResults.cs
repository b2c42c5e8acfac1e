using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.People;
using Automation.Marketing.Sending;

namespace Automation.Marketing.Newsletters.Chunks;

/// <summary>Counts who of a subject test's sample clicked: people, not their mail programs.</summary>
public sealed class SubjectResults(ChunkLedger ledger, EngagementStore engagement)
{
    private const int AtOnce = 16;

    public async Task<SubjectChoice> Count(CompiledIssue edition, CancellationToken cancellation)
    {
        var (readers, clicks) = (new int[edition.Test.Subjects], new int[edition.Test.Subjects]);
        await Parallel.ForEachAsync(CustomerId.Shards,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (shard, _) =>
            {
                await foreach (var chunk in ledger.Of(edition.Id, shard))
                    foreach (var place in chunk.In(Chunk.Sent))
                    {
                        if (chunk.IsBeside || chunk.IsByLine(place)) continue;
                        var customer = chunk.Customer(place);
                        if (edition.Test.Drawn(edition.Id, customer) is not { } subject) continue;
                        Interlocked.Increment(ref readers[subject]);
                        if (await engagement.Find(edition.SendId(customer),
                            cancellation) is { Value.ClickedAt: not null }) Interlocked.Increment(ref clicks[subject]);
                    }
            });
        return SubjectTest.Decide(readers, clicks);
    }
}

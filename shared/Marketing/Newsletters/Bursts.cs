using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.Segments;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;
using Automation.Storage;

namespace Automation.Marketing.Newsletters;

/// <summary>Looks at the shop's own history before an issue goes. Customers are counted in a few shards, which stand for all.</summary>
public sealed class Bursts(Tables tables, IssueStore issues, Func<ShopSettings> shop, TimeProvider time)
{
    /// <summary>Shards looked at of the 256.</summary>
    private const int Sampled = 8;

    /// <summary>Null: the issue may go.</summary>
    public async ValueTask<Burst?> Find(IssueId id, Newsletter newsletter, bool inSlot)
    {
        var (recipients, optOuts) = await Sample(newsletter);
        var (earlier, sent) = (new List<int>(), 0L);
        await foreach (var issue in issues.Of(id.Newsletter))
        {
            if (issue.Id == id || issue.Counts.Sent == 0) continue;
            earlier.Add(issue.Counts.Sent);
            sent += issue.Counts.Sent;
        }
        return BurstGuard.Judge(new(inSlot, recipients, earlier, sent, optOuts));
    }

    private async ValueTask<(int Recipients, int OptOuts)> Sample(Newsletter newsletter)
    {
        var (recipients, optOuts, now) = (0, 0, time.GetUtcNow());
        for (var n = 0; n < Sampled; n++)
        {
            var shard = ChunkLedger.Shards[n * ChunkLedger.Shards.Count / Sampled];
            await foreach (var row in tables.Customers.QueryAsync(new TableQuery { PartitionKey = shard }))
            {
                if (CustomerJson.Read(row).Value is not { MergedInto: null, ErasedAt: null } customer) continue;
                if (customer.Consent.GetValueOrDefault("email") is { State: ConsentState.Withdrawn, How: "unsubscribe link" or "one-click" }) optOuts++;
                if (Readers.Judge(newsletter, firstOfMonth: true, new Situation { Customer = customer, Shop = shop(), Now = now }, now) is Verdict.Allowed) recipients++;
            }
        }
        return (recipients * (ChunkLedger.Shards.Count / Sampled), optOuts * (ChunkLedger.Shards.Count / Sampled));
    }
}

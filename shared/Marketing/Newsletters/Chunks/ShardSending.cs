using System.Collections.Concurrent;
using Automation.Marketing.Mails;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;

namespace Automation.Marketing.Newsletters.Chunks;

/// <summary>Sends an issue to one shard, chunk by chunk in the order of the customers' ids: first what earlier work
/// left open, then on behind the last chunk. Killed anywhere it goes on from the chunks: what was not claimed was not
/// sent, what was claimed and not marked is uncertain.</summary>
public sealed class ShardSending(
    LiveIssues live, ChunkLedger ledger, ChunkClaims claims, ChunkSending chunks, ShardPages pages,
    TimeProvider time)
{
    /// <summary>A call ends after this long, so that no host takes it for dead.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>How long to leave a chunk that another process has.</summary>
    private static readonly TimeSpan Elsewhere = TimeSpan.FromSeconds(30);

    private readonly ConcurrentBag<Utf8Buffer> inks = [];

    public async Task<ShardOutcome> Send(IssueId id, string shard, CancellationToken cancellation)
    {
        var ink = inks.TryTake(out var used) ? used : new Utf8Buffer();
        var walk = new Walk(id, shard, ink, time.GetTimestamp());
        var outcome = await Open(walk, cancellation) ?? await Further(walk, cancellation);
        inks.Add(ink);
        return outcome with { Sent = walk.Sent };
    }

    /// <summary>One call's way through a shard.</summary>
    private sealed class Walk(IssueId issue, string shard, Utf8Buffer ink, long began)
    {
        public IssueId Issue => issue;
        public string Shard => shard;
        public Utf8Buffer Ink => ink;
        public long Began => began;

        private string after = Chunk.Beginning, besideAfter = Chunk.Beginning;

        /// <summary>The id behind which it goes on, with mails or with what goes beside them.</summary>
        public string After(bool isBeside) => isBeside ? besideAfter : after;

        /// <summary>No more LINE messages go beside the mails.</summary>
        public bool IsBesideDone { get; set; }

        public void Passed(Chunk chunk)
        {
            if (chunk.IsBeside) besideAfter = chunk.Last;
            else after = chunk.Last;
        }

        public int Sent { get; set; }

        /// <summary>When the first of those who wait shall be looked at.</summary>
        public DateTimeOffset? Until { get; private set; }

        public void Wait(DateTimeOffset? until)
        {
            if (Until is null || until < Until) Until = until;
        }
    }

    /// <summary>Carries on with the chunks there are; null: go on behind them.</summary>
    private async Task<ShardOutcome?> Open(Walk walk, CancellationToken cancellation)
    {
        await foreach (var chunk in ledger.Of(walk.Issue, walk.Shard))
        {
            walk.Passed(chunk);
            if (await live.Find(walk.Issue, cancellation) is not { } issue) return new(ShardEnd.Held);
            var now = time.GetUtcNow();
            if (chunk.Claim is not null && claims.IsHeld(chunk, now)) return new(ShardEnd.More, Until: now + Elsewhere);
            var open = ChunkSending.Open(chunk, issue, now);
            if (chunk.Claim is null && open.Count == 0)
            {
                if (chunk.HasWaiting) walk.Wait(chunk.Until);
                continue;
            }
            var customers = open.Count == 0 && !chunk.Has(Chunk.Claimed) ? [] : await pages.Of(chunk, cancellation);
            if (await Carry(walk, issue, chunk, customers, isNew: false, cancellation) is { } ended) return ended;
        }
        return null;
    }

    /// <summary>Behind the chunks there are; where the issue goes both ways first those of LINE, which wait for no mail
    /// provider.</summary>
    private async Task<ShardOutcome> Further(Walk walk, CancellationToken cancellation)
    {
        while (true)
        {
            if (time.GetElapsedTime(walk.Began) > Longest) return new(ShardEnd.More);
            if (await live.Find(walk.Issue, cancellation) is not { } issue
                || await live.Edition(issue, cancellation) is not { } edition) return new(ShardEnd.Held);
            var isBeside = edition.IsBothWays && !walk.IsBesideDone;
            var page = await pages.After(walk.Shard, walk.After(isBeside), cancellation);
            if (page is not null)
            {
                var chunk = Chunk.New(
                    Chunk.PartitionOf(walk.Issue, walk.Shard), walk.After(isBeside), page.Last, isBeside);
                if (await Carry(walk, issue, chunk, page.Customers, isNew: true, cancellation) is { } ended)
                    return ended;
                walk.Passed(chunk);
            }
            if (page is { IsLast: false }) continue;
            if (!isBeside) return new(ShardEnd.Done, Until: walk.Until);
            walk.IsBesideDone = true;
        }
    }

    /// <summary>Null: on to the next chunk.</summary>
    private async Task<ShardOutcome?> Carry(Walk walk, Issue issue, Chunk chunk, IEnumerable<Customer> customers,
        bool isNew, CancellationToken cancellation)
    {
        if (await live.Edition(issue, cancellation) is not { } edition) return new(ShardEnd.Held);
        var done = await chunks.Send(issue, edition, chunk, customers, isNew, walk.Ink, cancellation);
        walk.Sent += done.Sent;
        if (chunk.HasWaiting) walk.Wait(chunk.Until);
        if (done.IsContended) return new(ShardEnd.More, Until: time.GetUtcNow() + Elsewhere);
        if (done.Stopped is { } because)
        {
            await live.Stop(walk.Issue, because, cancellation);
            return new(ShardEnd.Held);
        }
        return done.Rest is { } rest ? new(ShardEnd.More, Until: rest) : null;
    }
}

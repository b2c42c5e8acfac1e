using System.Collections.Concurrent;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Storage;

namespace Automation.Marketing.Newsletters.Chunks;

/// <summary>The sends of issues, by the chunk: rows of <c>Sends</c>, and the way from a send's id back to its
/// issue.</summary>
public sealed class ChunkLedger(Tables tables) : IIssueSends
{
    /// <summary>Partitions read at a time when an issue is added up.</summary>
    private const int AtOnce = 16;

    /// <summary>The partition of <c>Issues</c> that leads from the hash in send ids to the issue.</summary>
    private const string Hashes = "~sends";

    private readonly ConcurrentDictionary<string, IssueId> issues = new();

    /// <summary>Lets send ids lead back to the issue; before the first of them leaves.</summary>
    /// <param name="isBothWays">Its LINE messages have ids of their own.</param>
    public async Task Announce(IssueId issue, bool isBothWays, CancellationToken cancellation)
    {
        foreach (var hash in isBothWays ? (string[])[issue.Hash, issue.LineHash] : [issue.Hash])
            await tables.Issues.Upsert(
                new Row(Hashes, hash) { { "Issue", issue.ToString() } }, UpdateMode.Replace, cancellation);
    }

    /// <summary>A shard's chunks, in order; those of LINE messages that go beside mails first.</summary>
    public async IAsyncEnumerable<Chunk> Of(IssueId issue, string shard)
    {
        await foreach (var row in tables.Sends.Query(new TableQuery { PartitionKey = Chunk.PartitionOf(issue, shard) }))
            yield return Chunk.Read(row);
    }

    /// <summary>Claims a new chunk; false where somebody has begun one at its place.</summary>
    public async Task<bool> Add(Chunk chunk, CancellationToken cancellation)
    {
        var answer = await tables.Sends.Add(chunk.Row(), cancellation);
        chunk.ETag = answer.ETag;
        return answer.Done;
    }

    /// <summary>Writes what has become of it; false where somebody else wrote in between.</summary>
    public async Task<bool> Update(Chunk chunk, CancellationToken cancellation)
    {
        var answer = await tables.Sends.Update(chunk.Progress(), chunk.ETag, UpdateMode.Merge, cancellation);
        if (answer.Done) chunk.ETag = answer.ETag;
        return answer.Done;
    }

    public async ValueTask<Chunk?> Again(Chunk chunk, CancellationToken cancellation = default) =>
        await tables.Sends.Find(chunk.Partition, chunk.Key, cancellation) is { } row ? Chunk.Read(row) : null;

    /// <summary>Where a customer's send of an issue is; null: they are in no chunk.</summary>
    /// <param name="isBeside">The LINE message beside the mail.</param>
    public async ValueTask<(Chunk Chunk, int Place)?> Find(
        IssueId issue, CustomerId customer, bool isBeside = false) =>
        await Around(issue, customer, isBeside) is { } chunk && chunk.Find(customer) is >= 0 and var place
            ? (chunk, place) : null;

    /// <summary>All of a customer's sends of an issue: one, or both.</summary>
    public async IAsyncEnumerable<(Chunk Chunk, int Place)> All(IssueId issue, bool isBothWays, CustomerId customer)
    {
        if (await Find(issue, customer) is { } one) yield return one;
        if (isBothWays && await Find(issue, customer, isBeside: true) is { } other) yield return other;
    }

    /// <summary>The chunk whose stretch a customer's id is in, whether they are in its audience or not; null: the issue
    /// has not come so far.</summary>
    /// <param name="isBeside">The chunk of LINE messages beside the mails.</param>
    public async ValueTask<Chunk?> Around(IssueId issue, CustomerId customer, bool isBeside = false)
    {
        var query = new TableQuery
        {
            PartitionKey = Chunk.PartitionOf(issue, customer.Shard),
            RowKeyFrom = Chunk.KeyOf(Chunk.Beginning, isBeside),
            RowKeyBelow = Chunk.KeyOf(customer.Value, isBeside),
        };
        await foreach (var row in tables.Sends.Query(query))
        {
            var chunk = Chunk.Read(row);
            if (string.CompareOrdinal(chunk.Last, customer.Value) >= 0) return chunk;
        }
        return null;
    }

    /// <summary>Which issue a send id is of; null: of none.</summary>
    public async ValueTask<IssueId?> IssueOf(string sendId, CancellationToken cancellation = default)
    {
        if (sendId.Length != 41 || sendId[24] != '-') return null;
        var hash = sendId[25..];
        if (issues.TryGetValue(hash, out var known)) return known;
        if (!hash.All(char.IsAsciiHexDigitLower) || await tables.Issues.Find(Hashes, hash, cancellation) is not { } row)
            return null;
        return IssueId.Parse(row.GetString("Issue") ?? "") is { } issue ? issues[hash] = issue : null;
    }

    /// <summary>One of a chunk's sends, as <c>/api</c> and timelines show it.</summary>
    public static Send Send(IssueId issue, Chunk chunk, int place)
    {
        var state = chunk.States[place];
        var reason = chunk.IsBeside ? Ledger.OnLine(issue.For) : issue.For;
        return new()
        {
            Id = Ledger.Id(chunk.Customer(place), reason),
            Customer = chunk.Customer(place),
            Channel = chunk.IsBeside || chunk.IsByLine(place) ? Identity.Line : "email",
            Mail = issue.ToString(),
            Purpose = Purpose.Marketing,
            For = reason,
            State = state switch
            {
                Chunk.Claimed => SendState.Claimed,
                Chunk.Sent => SendState.Accepted,
                Chunk.Uncertain or Chunk.Asked => SendState.Uncertain,
                _ when chunk.IsWaiting(place) => SendState.Released,
                _ => SendState.Refused
            },
            Reason = chunk.ReasonOf(place),
            ProviderId = state == Chunk.Sent && !chunk.IsByLine(place) ? chunk.ProviderId : null,
            At = chunk.At,
        };
    }

    /// <summary>The provider's own words: settles what was uncertain and answers what was sent, by send id; what is not
    /// an issue's is missing.</summary>
    public async Task<IReadOnlyDictionary<string, SentMail>> Settle(
        IReadOnlyCollection<ProviderWord> words, CancellationToken cancellation = default)
    {
        var (sent, open, of) = (new Dictionary<string, SentMail>(), new List<(IssueId Issue, ProviderWord Word)>(),
            new ConcurrentDictionary<string, IssueId?>());
        await Parallel.ForEachAsync(words.Select(word => word.SendId).DistinctBy(id => id[^16..]),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (id, token) => of[id[^16..]] = await IssueOf(id, token));
        foreach (var word in words)
        {
            if (of[word.SendId[^16..]] is not { } issue || !CustomerId.IsWellFormed(word.SendId[..24])) continue;
            sent[word.SendId] = new(issue.ToString(), issue.For);
            open.Add((issue, word));
        }
        foreach (var shard in open.GroupBy(one => (one.Issue, word: one.Word.SendId[..2])))
            while (!await Settle(shard.Key.Issue, shard.Key.word, [.. shard.Select(one => one.Word)], cancellation)) { }
        return sent;
    }

    /// <summary>False: somebody else wrote in between, look again.</summary>
    private async Task<bool> Settle(
        IssueId issue, string shard, List<ProviderWord> words, CancellationToken cancellation)
    {
        await foreach (var chunk in Of(issue, shard))
        {
            var settled = 0;
            foreach (var word in words)
            {
                if (chunk.IsBeside) break;
                if (chunk.Find(new(word.SendId[..24])) is not (>= 0 and var place)
                    || chunk.States[place] is not (Chunk.Uncertain or Chunk.Claimed)
                    || chunk.IsByLine(place)) continue;
                if (word.Processed) chunk.Set(place, Chunk.Sent);
                else chunk.SetFailed(place, word.Reason ?? "dropped");
                settled++;
            }
            if (settled > 0 && !await Update(chunk, cancellation)) return false;
        }
        return true;
    }

    /// <summary>Ends what is open of an issue that is over; false where somebody still has a chunk in hand.</summary>
    public async Task<bool> Close(IssueId issue, Func<Chunk, bool> isHeld, CancellationToken cancellation)
    {
        var closed = true;
        foreach (var shard in CustomerId.Shards)
            await foreach (var chunk in Of(issue, shard))
            {
                if (isHeld(chunk)) closed = false;
                else if (chunk.Close() && !await Update(chunk, cancellation)) closed = false;
            }
        return closed;
    }

    /// <summary>Adds the whole issue up from its chunks.</summary>
    public async Task<IssueTally> Tally(IssueId issue, CancellationToken cancellation = default)
    {
        var tally = new IssueTally();
        foreach (var shards in CustomerId.Shards.Chunk(AtOnce))
            foreach (var chunks in await Task.WhenAll(
                shards.Select(async shard => await Of(issue, shard).ToListAsync(cancellation))))
                foreach (var chunk in chunks) chunk.AddTo(tally);
        return tally;
    }
}

using Automation.Marketing.People;
using Automation.Storage;
using Microsoft.Extensions.Logging;

namespace Automation.Marketing.Insights;

/// <summary>Counts what changed since the last time. A customer's contribution and the shard's sums are written in one
/// transaction: killed anywhere, nothing is counted twice, and whoever was not reached is counted next time. A row that
/// cannot be read keeps back those it concerns and nobody else. Writes to <c>Insights</c> only, and to <c>Attention</c>
/// where that is so; if it fails, nothing else knows.</summary>
public sealed partial class Tally(
    Tables tables, Sums sums, Contributions contributions, TallyBookmark bookmark, ILogger<Tally> log)
{
    /// <summary>How far the tables' clock and ours may be apart, and how long a write may take: so much is looked at
    /// again.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Silence = TimeSpan.FromHours(1);

    private const int PerTransaction = 40;

    /// <summary>One pass over what changed; answers how many contributions became others. A pass that was cut short
    /// goes on at its page.</summary>
    public async Task<int> Run(CancellationToken cancellation = default)
    {
        var (pass, counted) = (await bookmark.Read(cancellation), 0);
        // So that whoever reads the figures sees that they are counted, also while nothing happens.
        var seen = pass.Token is not null || pass.Now - pass.Counted > Silence;
        counted += await Count(pass.Uncounted.All, pass.Uncounted, cancellation);
        Table[] stages = [tables.Customers, tables.Timeline];
        for (; pass.Stage < stages.Length; pass = pass with { Stage = pass.Stage + 1, Token = null })
            do
            {
                var page = await stages[pass.Stage].QueryPage(
                    new TableQuery { ChangedSince = pass.Since - Margin }, pass.Token, cancellation);
                counted += await Count(Concerned(page.Values, pass.Stage == 0), pass.Uncounted, cancellation);
                seen |= page.Values.Count > 0;
                pass = pass with { Token = page.ContinuationToken };
                if (pass.Token is not null && page.Values.Count > 0) await bookmark.Write(pass, cancellation);
            } while (pass.Token is not null);
        if (pass.Uncounted.Unsaid)
        {
            await Say(pass, cancellation);
            seen = true;
        }
        if (seen) await bookmark.Write(
            pass with { Since = pass.Begun, Counted = pass.Now, Stage = 0, Token = null }, cancellation);
        return counted;
    }

    /// <summary>One row of <c>Attention</c>, as long as there is something to say.</summary>
    private async Task Say(TallyPass pass, CancellationToken cancellation)
    {
        pass.Uncounted.Said();
        if (pass.Uncounted.InWords() is not { } words)
        {
            await tables.Attention.Delete("stuck", "insights", ETag.All, cancellation);
            return;
        }
        LogUncounted(words);
        await tables.Attend("stuck", "insights", words, pass.Now, cancellation);
    }

    private static IEnumerable<CustomerId> Concerned(IReadOnlyList<Row> rows, bool areCustomers) => areCustomers
        ? rows.SelectMany(row => (CustomerId[])[new(row.RowKey), .. MergedFrom(row)]).Distinct()
        : rows.Select(row => new CustomerId(row.PartitionKey)).Distinct();

    private static IReadOnlyList<CustomerId> MergedFrom(Row row)
    {
        try { return CustomerJson.Read(row).Value.MergedFrom; }
        catch (Exception e) when (Uncounted.IsWhy(e)) { return []; }   // counting finds the same, and keeps them back
    }

    private async Task<int> Count(
        IEnumerable<CustomerId> concerned, Uncounted uncounted, CancellationToken cancellation)
    {
        var counted = 0;
        foreach (var shard in concerned.GroupBy(id => id.Shard))
            foreach (var ids in shard.Chunk(PerTransaction))
                counted += await Count(shard.Key, ids, uncounted, cancellation);
        return counted;
    }

    /// <summary>Counts timelines of one shard anew, again where somebody else counted in between; answers how many had
    /// changed.</summary>
    private async Task<int> Count(
        string shard, IReadOnlyList<CustomerId> ids, Uncounted uncounted, CancellationToken cancellation)
    {
        while (true)
        {
            if (await Legible(() => sums.Of(shard, cancellation)) is not { } here) { uncounted.Add(ids); return 0; }
            var (writes, changed, left) = (new List<RowAction>(), new Figures(), new List<CustomerId>());
            foreach (var id in ids)
            {
                if (await Legible(() => contributions.Count(id, changed, cancellation)) is not { } count) left.Add(id);
                else if (count.Write is { } write) writes.Add(write);
            }
            uncounted.Add(left);
            if (writes.Count == 0) { uncounted.Remove(ids.Except(left)); return 0; }
            var counted = writes.Count;
            here.Figures.Add(changed);
            writes.AddRange(here.Fold(contributions.Today).Writes());
            var answer = await tables.Insights.Submit(writes, cancellation);
            if (answer.Done) { uncounted.Remove(ids.Except(left)); return counted; }
            if (answer.Status is not (404 or 409 or 412))
                throw new IOException($"Figures of shard {shard} could not be written: {answer.Status}.");
        }
    }

    /// <summary>Null: a row it takes cannot be read.</summary>
    private static async Task<T?> Legible<T>(Func<Task<T>> read) where T : class
    {
        try { return await read(); }
        catch (Exception e) when (Uncounted.IsWhy(e)) { return null; }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Words}")]
    private partial void LogUncounted(string words);
}

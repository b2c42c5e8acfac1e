using Automation.Marketing.Customers;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Automation.Marketing.Insights;

/// <summary>Counts what changed since the last time. A customer's contribution and the shard's sums are written in one
/// transaction: killed anywhere, nothing is counted twice, and whoever was not reached is counted next time. A row that
/// cannot be read keeps back those it concerns and nobody else. Writes to <c>Insights</c> only, and to <c>Attention</c>
/// where that is so; if it fails, nothing else knows.</summary>
/// <param name="time">The shop's time: which windows are over, and when figures were counted.</param>
/// <param name="wall">The time outside, in which rows are written.</param>
public sealed partial class Tally(
    Tables tables, Sums sums, CustomerStore customers, PublishedJourneys journeys, TimeProvider time,
    [FromKeyedServices(Clocks.Wall)] TimeProvider wall, ILogger<Tally> log)
{
    /// <summary>How far the tables' clock and ours may be apart, and how long a write may take: so much is looked at
    /// again.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Silence = TimeSpan.FromHours(1);

    private const string Bookmark = "bookmark";
    private const int PerTransaction = 40;

    /// <summary>What a pass has to look at, and how far it is: what changed since, table by table, page by
    /// page.</summary>
    /// <param name="Now">When it began on the shop's clock; <paramref name="Begun"/> is the tables'.</param>
    /// <param name="Counted">When the last whole one began on the shop's clock.</param>
    private sealed record Pass(
        DateTimeOffset? Since, DateTimeOffset Begun, DateTimeOffset? Counted, DateTimeOffset Now, Uncounted Uncounted,
        int Stage = 0, string? Token = null);

    /// <summary>When the last whole pass began, on the shop's clock; null: there was none.</summary>
    public async Task<DateTimeOffset?> CountedAt(CancellationToken cancellation = default) =>
        (await Standing(cancellation)).CountedAt;

    /// <summary>The same, with a mark that changes whenever sums may have.</summary>
    internal async Task<(DateTimeOffset? CountedAt, ETag Mark)> Standing(CancellationToken cancellation)
    {
        var row = await tables.Insights.Find(Bookmark, Bookmark, cancellation);
        return (CountedAt(row), row?.ETag ?? default);
    }

    /// <summary>A row of an older version has the tables' time only.</summary>
    private static DateTimeOffset? CountedAt(Row? row) =>
        row?.GetDateTimeOffset("Counted") ?? row?.GetDateTimeOffset("Since");

    /// <summary>One pass over what changed; answers how many contributions became others. A pass that was cut short
    /// goes on at its page.</summary>
    public async Task<int> Run(CancellationToken cancellation = default)
    {
        var (pass, counted) = (await Read(cancellation), 0);
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
                if (pass.Token is not null && page.Values.Count > 0) await Write(pass, cancellation);
            } while (pass.Token is not null);
        if (pass.Uncounted.Unsaid)
        {
            await Say(pass.Uncounted, cancellation);
            seen = true;
        }
        if (seen) await Write(new Pass(pass.Begun, pass.Begun, pass.Now, pass.Now, pass.Uncounted), cancellation);
        return counted;
    }

    /// <summary>One row of <c>Attention</c>, as long as there is something to say.</summary>
    private async Task Say(Uncounted uncounted, CancellationToken cancellation)
    {
        uncounted.Said();
        if (uncounted.InWords() is not { } words)
        {
            await tables.Attention.Delete("stuck", "insights", ETag.All, cancellation);
            return;
        }
        LogUncounted(words);
        await tables.Attention.Upsert(new Row("stuck", "insights") { { "Reason", words }, { "At", time.GetUtcNow() } },
            UpdateMode.Replace, cancellation);
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
                if (await Legible(() => Count(id, changed, cancellation)) is not { } count) left.Add(id);
                else if (count.Write is { } write) writes.Add(write);
            }
            uncounted.Add(left);
            if (writes.Count == 0) { uncounted.Remove(ids.Except(left)); return 0; }
            var counted = writes.Count;
            here.Figures.Add(changed);
            writes.AddRange(here.Fold(Today).Writes());
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

    /// <summary>What becomes of a contribution's row; null: it stays as it is.</summary>
    private sealed record Contribution(RowAction? Write);

    /// <summary>Adds what one timeline changed, once all of it was read.</summary>
    private async Task<Contribution> Count(CustomerId id, Figures changed, CancellationToken cancellation)
    {
        var key = $"c|{id}";
        var row = await tables.Insights.Find(id.Shard, key, cancellation);
        var before = row is null ? Counted.Nothing : Counted.Read(row);
        var timeline = await tables.Timeline.Query(new TableQuery { PartitionKey = id.Value }, cancellation)
            .ToListAsync(cancellation);
        // The customer last: an erasure marks their row before it empties the timeline, so what was read is whole or
        // not counted.
        var own = await customers.Row(id);
        var owner = own?.Value.MergedInto is null ? own : await customers.Find(id);
        var subject = Subject.Of(timeline) with { Own = own?.Value, Owner = owner?.Value };
        var versions = new Dictionary<(string, int), Journey?>();
        foreach (var walk in subject.Enrollments)
            versions[(walk.Id.Journey, walk.Version)] = (await journeys.Find(walk.Id.Journey, walk.Version))?.Journey;
        var now = Counting.Of(
            subject, (journey, version) => versions[(journey, version)], before.Firsts, journeys.Zone(null));
        changed.Add(Counted.Difference(before, now.Units));
        if (now.IsNothing) return new(row is null ? null : new(RowActionKind.Delete, row, row.ETag));
        var after = now.Row(id.Shard, key);
        if (row is null) return new(new RowAction(RowActionKind.Add, after));
        return new(
            Documents.Text(after) == Documents.Text(row) ? null : new(RowActionKind.UpdateReplace, after, row.ETag));
    }

    private DateOnly Today =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), journeys.Zone(null)).DateTime);

    private async Task<Pass> Read(CancellationToken cancellation)
    {
        var row = await tables.Insights.Find(Bookmark, Bookmark, cancellation);
        // Kept by a clock that was ahead, they say nothing: everything is looked at once.
        var (since, counted) = (NotAhead(row?.GetDateTimeOffset("Since"), wall), NotAhead(CountedAt(row), time));
        var (begun, uncounted) = (row?.GetDateTimeOffset("Begun") ?? default, Uncounted.Read(row));
        return row?.GetString("Token") is { } token && NotAhead(begun, wall) is not null
            ? new(since, begun, counted, row.GetDateTimeOffset("Now")
                ?? time.GetUtcNow(), uncounted, row.GetInt32("Stage") ?? 0, token)
            : new(since, wall.GetUtcNow(), counted, time.GetUtcNow(), uncounted);
    }

    private static DateTimeOffset? NotAhead(DateTimeOffset? moment, TimeProvider clock) =>
        moment is { } kept && ClockJumps.IsAhead(kept, clock.GetUtcNow()) ? null : moment;

    private Task<WriteResult> Write(Pass pass, CancellationToken cancellation) =>
        tables.Insights.Upsert(new Row(Bookmark, Bookmark)
        {
            { "Since", pass.Since }, { "Begun", pass.Begun }, { "Counted", pass.Counted }, { "Now", pass.Now },
            { "Stage", pass.Stage }, { "Token", pass.Token }, { "Uncounted", $"{pass.Uncounted}" },
        { "Unsaid", pass.Uncounted.Unsaid },
        }, UpdateMode.Replace, cancellation);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Words}")]
    private partial void LogUncounted(string words);
}

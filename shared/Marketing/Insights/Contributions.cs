using Automation.Marketing.Customers;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Time;
using Automation.Storage;

namespace Automation.Marketing.Insights;

/// <summary>What becomes of a contribution's row; null: it stays as it is.</summary>
internal sealed record Contribution(RowAction? Write);

/// <summary>What one customer adds to the figures of their shard.</summary>
public sealed class Contributions(
    Tables tables, CustomerStore customers, PublishedJourneys journeys, TimeProvider time)
{
    /// <summary>The shop's day.</summary>
    internal DateOnly Today => Zones.Day(time.GetUtcNow(), journeys.Zone(null));

    /// <summary>Adds what one timeline changed, once all of it was read.</summary>
    internal async Task<Contribution> Count(CustomerId id, Figures changed, CancellationToken cancellation)
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
}

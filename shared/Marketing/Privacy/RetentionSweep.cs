using Automation.Marketing.Inbox;
using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;
using Automation.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Privacy;

/// <summary>The nightly sweep: ends erasures that were cut short, and lets go what has been kept long enough
/// (<see cref="Retention"/>). Reads page by page and remembers where it is, so that a large shop's sweep may take
/// several nights; deleting twice is harmless.</summary>
/// <param name="time">The shop's time, in which things happened.</param>
/// <param name="wall">The time outside, in which rows were written.</param>
public sealed class RetentionSweep(
    Tables tables, Parking parking, ShopErasure erasures, CurrentShop shop, TimeProvider time,
    [FromKeyedServices(Clocks.Wall)] TimeProvider wall)
{
    private const int PerTransaction = 100, PagesPerBookmark = 10;

    /// <summary>One pass; answers how many rows went.</summary>
    public async Task<int> Run(CancellationToken cancellation = default)
    {
        await erasures.Run(cancellation);
        var (now, retention, zone) =
            (time.GetUtcNow(), shop.Settings.Retention, Zones.Of(null, shop.Settings.TimeZone));
        var limits = Expiry.Limits.At(now, retention, zone);
        var parked = retention.Parked.Before(now, zone);
        await foreach (var one in parking.List().WithCancellation(cancellation))
            if (one.ReceivedAt < parked) await parking.Dismiss(one.Name);
        await Sweep(
            tables.Attention,
            new() { PartitionKey = Refusals.Partition },
            (row, _) => row.GetDateTimeOffset("At") < wall.GetUtcNow().AddDays(-7),
            cancellation);
        var orphaned = retention.Parked.Before(wall.GetUtcNow(), zone);
        var events = retention.Events.Before(now, zone);
        return await Sweep(
            tables.Bodies, new() { PartitionKey = "orders" }, (row, _) => row.Timestamp < orphaned, cancellation)
            + await Sweep(tables.Timeline, new(), (row, next) => Expiry.IsOver(row, next, limits), cancellation)
            + await Sweep(tables.Events, new(), (row, _) => row.GetDateTimeOffset("At") < events, cancellation)
            + await Sweep(
                tables.Attention,
                new() { PartitionKey = ClockJumps.Partition },
                (row, _) => row.GetDateTimeOffset("At") < now.AddDays(-1),
                cancellation)
            + await Sweep(
                tables.Chats, new(), (row, _) => row.GetDateTimeOffset("At") < retention.Chats.Before(now, zone),
                cancellation)
            + await ForgetIssues(limits.Sends, cancellation);
    }

    /// <summary>Deletes what is over, unless it was written meanwhile. The last row of a page has no next one: it is
    /// judged as the latest of its kind.</summary>
    private async Task<int> Sweep(
        Table table, TableQuery query, Func<Row, Row?, bool> isOver, CancellationToken cancellation)
    {
        var bookmark =
            query.PartitionKey is null ? await tables.Attention.Find("sweep", table.Name, cancellation) : null;
        var (token, gone) = (bookmark?.GetString("Token"), 0);
        for (var pages = 1; ; pages++)
        {
            var page = await table.QueryPage(query, token, cancellation);
            var over = page.Values.Where((row, i) => isOver(
                row, i + 1 < page.Values.Count ? page.Values[i + 1] : null)).ToList();
            foreach (var rows in over.GroupBy(row => row.PartitionKey).SelectMany(rows => rows.Chunk(PerTransaction)))
            {
                var answer = await table.Submit(
                    [.. rows.Select(row => new RowAction(RowActionKind.Delete, row, row.ETag))], cancellation);
                if (answer.Done) gone += rows.Length;
            }
            if ((token = page.ContinuationToken) is null) break;
            if (pages % PagesPerBookmark == 0 && query.PartitionKey is null) await tables.Attention.Upsert(
                new Row("sweep", table.Name) { { "Token", token } }, UpdateMode.Replace, cancellation);
        }
        if (query.PartitionKey is null) await tables.Attention.Delete("sweep", table.Name, cancellation: cancellation);
        return gone;
    }

    /// <summary>An old issue keeps its counts and loses its ledger.</summary>
    private async Task<int> ForgetIssues(DateTimeOffset limit, CancellationToken cancellation)
    {
        var gone = 0;
        await foreach (var row in tables.Issues.Query(new(), cancellation))
        {
            if (IssueId.Parse($"{row.PartitionKey}/{row.RowKey}") is not { } issue || issue.Date
                >= DateOnly.FromDateTime(limit.UtcDateTime) || row.GetBoolean("Forgotten") == true) continue;
            foreach (var shard in CustomerId.Shards)
                gone += await Sweep(
                    tables.Sends, new() { PartitionKey = Chunk.PartitionOf(issue, shard) }, (_, _) => true,
                    cancellation);
            await tables.Issues.Update(
                new(row.PartitionKey, row.RowKey) { { "Forgotten", true } }, row.ETag, UpdateMode.Merge, cancellation);
        }
        return gone;
    }
}

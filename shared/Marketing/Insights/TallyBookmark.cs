using Automation.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Insights;

/// <summary>What a pass has to look at, and how far it is: what changed since, table by table, page by
/// page.</summary>
internal sealed record TallyPass
{
    /// <summary>When the last whole one began, on the tables' clock; null: there was none.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The same on the shop's clock.</summary>
    public DateTimeOffset? Counted { get; init; }

    /// <summary>When this one began, on the tables' clock.</summary>
    public required DateTimeOffset Begun { get; init; }

    /// <summary>The same on the shop's clock.</summary>
    public required DateTimeOffset Now { get; init; }
    public required Uncounted Uncounted { get; init; }

    /// <summary>Which table it is at.</summary>
    public int Stage { get; init; }

    /// <summary>Its next page; null: the first.</summary>
    public string? Token { get; init; }
}

/// <summary>How far the tally is: one row of <c>Insights</c>.</summary>
/// <param name="time">The shop's time: when figures were counted.</param>
/// <param name="wall">The time outside, in which rows are written.</param>
public sealed class TallyBookmark(
    Tables tables, TimeProvider time, [FromKeyedServices(Clocks.Wall)] TimeProvider wall)
{
    private const string Bookmark = "bookmark";

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

    /// <summary>The pass to make: the one that was cut short, from its page on, or a new one.</summary>
    internal async Task<TallyPass> Read(CancellationToken cancellation)
    {
        var row = await tables.Insights.Find(Bookmark, Bookmark, cancellation);
        // Kept by a clock that was ahead, they say nothing: everything is looked at once.
        var (since, counted) = (NotAhead(row?.GetDateTimeOffset("Since"), wall), NotAhead(CountedAt(row), time));
        var (begun, uncounted) = (row?.GetDateTimeOffset("Begun") ?? default, Uncounted.Read(row));
        var fresh = new TallyPass
        {
            Since = since,
            Counted = counted,
            Begun = wall.GetUtcNow(),
            Now = time.GetUtcNow(),
            Uncounted = uncounted,
        };
        return row?.GetString("Token") is { } token && NotAhead(begun, wall) is not null
            ? fresh with
            {
                Begun = begun,
                Now = row.GetDateTimeOffset("Now") ?? fresh.Now,
                Stage = row.GetInt32("Stage") ?? 0,
                Token = token,
            }
            : fresh;
    }

    private static DateTimeOffset? NotAhead(DateTimeOffset? moment, TimeProvider clock) =>
        moment is { } kept && ClockJumps.IsAhead(kept, clock.GetUtcNow()) ? null : moment;

    internal Task<WriteResult> Write(TallyPass pass, CancellationToken cancellation) =>
        tables.Insights.Upsert(new Row(Bookmark, Bookmark)
        {
            { "Since", pass.Since }, { "Begun", pass.Begun }, { "Counted", pass.Counted }, { "Now", pass.Now },
            { "Stage", pass.Stage }, { "Token", pass.Token }, { "Uncounted", $"{pass.Uncounted}" },
            { "Unsaid", pass.Uncounted.Unsaid },
        }, UpdateMode.Replace, cancellation);
}

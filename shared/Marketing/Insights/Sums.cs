using System.Globalization;
using Automation.Marketing.People;
using Automation.Storage;

namespace Automation.Marketing.Insights;

/// <summary>The shards' sums: rows of <c>Insights</c>, one a shard and family of figures (<c>s|journey</c>,
/// <c>s|issue-2026</c>, …).</summary>
public sealed class Sums(Tables tables)
{
    private const string Prefix = "s|";
    private const int AtOnce = 16, DaysApart = 62, DaysKept = 400;

    /// <summary>Everybody's figures: 256 reads, 16 at a time.</summary>
    public async Task<Figures> Read(CancellationToken cancellation = default)
    {
        var all = new Figures();
        foreach (var shards in CustomerId.Shards.Chunk(AtOnce))
            foreach (var sums in await Task.WhenAll(shards.Select(shard => Of(shard, cancellation))))
                all.Add(sums.Figures);
        return all;
    }

    /// <summary>One shard's figures, and the rows they came from.</summary>
    internal async Task<ShardSums> Of(string shard, CancellationToken cancellation) =>
        new(shard,
            await tables.Insights.Query(TableQuery.Prefix(shard, Prefix), cancellation).ToListAsync(cancellation));

    internal static string RowKey(string name) => name.Split('|') is ["issue", _, var date, ..]
        ? $"{Prefix}issue-{date[..4]}" : $"{Prefix}{name[..name.IndexOf('|', StringComparison.Ordinal)]}";

    /// <summary>Days that nobody asks for one by one any more are put together: windows that have closed under
    /// <see cref="Closed"/>, thank-yous of some months ago under their month. What is read is the same before and
    /// after.</summary>
    public static Figures Fold(Figures figures, DateOnly today)
    {
        var folded = new Figures();
        foreach (var (name, value) in figures.All)
        {
            var parts = name.Split('|');
            if (parts is ["lift", _, var closes, ..] && Day(closes) <= today) parts[2] = Closed;
            else if (parts is ["thanks", var sent, ..] && Day(sent) < today.AddDays(-DaysApart)) parts[1] = sent[..7];
            else if (parts is ["day", var day, _] && Day(day) < today.AddDays(-DaysKept)) parts[1] = day[..7];
            folded.Add(string.Join('|', parts), value);
        }
        return folded;
    }

    internal const string Closed = "closed";

    internal static DateOnly? Day(string text) => DateOnly.TryParseExact(
        text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}

/// <summary>One shard's sums as read, to be written where nobody else has in between.</summary>
internal sealed class ShardSums(string shard, IReadOnlyList<Row> rows)
{
    public Figures Figures { get; private set; } = Sum(rows);

    /// <inheritdoc cref="Sums.Fold"/>
    public ShardSums Fold(DateOnly today)
    {
        Figures = Sums.Fold(Figures, today);
        return this;
    }

    /// <summary>The rows that a change of the figures makes others.</summary>
    public IEnumerable<RowAction> Writes()
    {
        var families = Figures.All.GroupBy(figure => Sums.RowKey(figure.Key)).ToDictionary(
            family => family.Key, family => family.ToDictionary(figure => figure.Key, figure => figure.Value));
        foreach (var key in families.Keys.Union(rows.Select(row => row.RowKey)))
        {
            var before = rows.FirstOrDefault(row => row.RowKey == key);
            var after = Documents.Entity(shard, key, families.GetValueOrDefault(key, []), InsightsJson.Sums);
            if (before is null) yield return new(RowActionKind.Add, after);
            else if (Documents.Text(before) != Documents.Text(after))
                yield return new(RowActionKind.UpdateReplace, after, before.ETag);
        }
    }

    private static Figures Sum(IReadOnlyList<Row> rows)
    {
        var sum = new Figures();
        foreach (var row in rows)
            foreach (var (name, value) in Documents.Read(row, InsightsJson.Sums).Value) sum.Add(name, value);
        return sum;
    }
}

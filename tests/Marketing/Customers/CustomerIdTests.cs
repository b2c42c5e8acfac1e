using Automation.Marketing.People;

namespace Automation.Marketing.Tests.Customers;

public sealed class CustomerIdTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Those_who_come_at_one_moment_are_told_apart_and_lie_side_by_side()
    {
        var ids = Enumerable.Range(0, 10_000).Select(_ => CustomerId.New(Noon).Value).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Single(ids.Select(id => id[..11]).Distinct());
    }

    [Fact]
    public void In_a_shard_whoever_came_later_lies_behind()
    {
        var ids = Enumerable.Range(0, 1000).Select(n => CustomerId.New(Noon + n * TimeSpan.FromMilliseconds(64 * 256)))
            .ToList();
        Assert.Single(ids.Select(id => id.Shard).Distinct());
        Assert.Equal(ids.Select(id => id.Value).Order(StringComparer.Ordinal), ids.Select(id => id.Value));
    }

    [Fact]
    public void Shards_fill_evenly_whether_customers_come_slowly_or_by_a_file()
    {
        foreach (var step in (double[])[0.2, 3, 977, 61_234.5])
        {
            const int each = 400;
            var shards = Enumerable.Range(0, 256 * each)
                .Select(n => CustomerId.New(Noon + TimeSpan.FromMilliseconds(n * step)).Shard)
                .CountBy(shard => shard).ToDictionary();
            Assert.Equal(CustomerId.Shards, shards.Keys.Order(StringComparer.Ordinal));
            Assert.All(shards.Values, count => Assert.InRange(count, each / 2, each * 2));
        }
    }

    [Fact]
    public void Whatever_the_clock_says_an_id_is_well_formed()
    {
        foreach (var at in (DateTimeOffset[])[DateTimeOffset.MinValue, DateTimeOffset.UnixEpoch, Noon,
            DateTimeOffset.MaxValue])
        {
            var id = CustomerId.New(at);
            Assert.True(CustomerId.IsWellFormed(id.Value), id.Value);
            Assert.Contains(id.Shard, CustomerId.Shards);
        }
    }

    [Fact]
    public void An_older_id_keeps_its_shard() =>
        Assert.Equal("f3", new CustomerId("f300112233445566778899aa").Shard);
}

using Automation.Marketing.Customers;
using Automation.Marketing.Insights;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Privacy;
using Automation.Marketing.Sending;
using Automation.Marketing.Tests.Orders;
using Automation.Storage;

namespace Automation.Marketing.Tests.Insights;

public sealed class TallyTests
{
    /// <summary>What <see cref="Story"/> comes to, by hand.</summary>
    private const string Reckoned = """
        journey|thanks|entered=1   journey|thanks|completed=1   journey|thanks|buyers=1   journey|thanks|orders=1
        journey|thanks|revenue=500
        journey|thanks|step|0|thanks|sent=1   journey|thanks|step|0|thanks|buyers=1
        journey|thanks|step|0|thanks|orders=1   journey|thanks|step|0|thanks|revenue=500
        journey|second|entered=2   journey|second|live=1   journey|second|at|1|2=1   journey|second|holdout=1
        journey|second|buyers=1   journey|second|orders=1   journey|second|revenue=500
        journey|second|step|1/arms/rest/0|second|refused=1
        journey|second|step|1/arms/rest/0|second|delivered=1   journey|second|step|1/arms/rest/0|second|opened=1
        lift|second|2026-12-30|walked|people=1   lift|second|2026-12-30|walked|buyers=1
        lift|second|2026-12-30|walked|orders=1   lift|second|2026-12-30|walked|revenue=500
        lift|second|closed|held|people=1
        thanks|2026-10-22|order|8=1   thanks|2026-10-22|known|5=1
        issue|weekly|2026-11-18|delivered=1   issue|weekly|2026-11-18|complained=1   issue|weekly|2026-11-18|optedOut=1
        issue|weekly|2026-11-18|buyers=1   issue|weekly|2026-11-18|orders=1   issue|weekly|2026-11-18|revenue=500
        mail|thanks|sent=1   mail|thanks|buyers=1   mail|thanks|orders=1   mail|thanks|revenue=500
        mail|second|refused=1   mail|second|delivered=1   mail|second|opened=1
        mail|weekly/2026-11-18|delivered=1   mail|weekly/2026-11-18|complained=1   mail|weekly/2026-11-18|optedOut=1
        mail|weekly/2026-11-18|buyers=1   mail|weekly/2026-11-18|orders=1   mail|weekly/2026-11-18|revenue=500
        cohort|2026-08|customers=1   cohort|2026-08|orders=1   cohort|2026-08|revenue=700   cohort|2026-08|month|0=700
        cohort|2026-10|customers=1   cohort|2026-10|again=1   cohort|2026-10|orders=2   cohort|2026-10|revenue=1500
        cohort|2026-10|month|0=1000   cohort|2026-10|month|1=500
        day|2026-08-01|orders=1   day|2026-08-01|revenue=700   day|2026-10-22|orders=1   day|2026-10-22|revenue=1000
        day|2026-10-22|mails=1
        day|2026-11-19|orders=1   day|2026-11-19|revenue=500
        """;

    private const string Issue = "newsletter:weekly/2026-11-18";

    [Fact]
    public async Task Every_figure_is_the_one_counted_by_hand()
    {
        await using var counts = await Counts.Open();
        await Story(counts);
        Assert.Equal(2, await counts.Count());
        var figures = await counts.Figures();
        Assert.Equal(Reckoned.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
            figures.Select(figure => $"{figure.Key}={figure.Value:0.##}").Order(StringComparer.Ordinal));

        var book = await counts.Book();
        Assert.Equal(1, book.Thanks(60, "order").Count);
        Assert.Equal(new Share(0, 0), book.Lift("second").Walked);
        Assert.Equal(new Share(0, 1), book.Lift("second").Held);
        Assert.Equal([1000m, 1500m], book.Cohorts()[1].ByMonth);
        Assert.Equal(new Share(1, 1), book.OptOuts("issue|weekly|"));
    }

    [Fact]
    public async Task Figures_bear_the_time_of_the_shops_clock_whatever_the_walls_is()
    {
        await using var counts = await Counts.Open();
        counts.House.Clock.Now = counts.House.Clock.Now.AddDays(400);
        await Story(counts);
        await counts.Count();
        Assert.Equal(counts.Now, await counts.Bookmark.CountedAt());
        counts.House.Clock.Now = counts.House.Clock.Now.AddHours(2);
        await counts.Count();
        // Nothing happened, and it was counted all the same.
        Assert.Equal(counts.Now, await counts.Bookmark.CountedAt());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Counting_what_changed_gives_what_counting_everything_gives(int seed)
    {
        await using var counts = await Counts.Open();
        var random = new Random(seed);
        for (var n = 0; n < 60; n++)
        {
            await Happen(counts, random);
            if (random.Next(6) == 0) await counts.Count();
            if (random.Next(10) == 0) counts.House.Clock.Now += TimeSpan.FromDays(random.Next(20));
        }
        await counts.Count();
        var counted = await counts.Figures();
        Assert.NotEmpty(counted);
        Assert.Equal(await counts.FromScratch(), counted);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Killed_anywhere_nothing_is_counted_twice_or_left_out(bool after)
    {
        Dictionary<string, decimal>? whole = null;
        await CrashMatrix.Run(after, async crash =>
        {
            await using var counts = await Counts.Open();
            await Story(counts);
            await crash.During(counts.House.Storage, () => counts.Count());
            if (crash.Killed) await counts.Count();
            whole ??= await counts.Figures();
            Assert.Equal(whole, await counts.Figures());
        });
    }

    [Fact]
    public async Task What_is_kept_no_longer_and_who_is_erased_stays_counted_but_waits_nowhere_any_more()
    {
        await using var counts = await Counts.Open();
        var (buyer, _) = await Story(counts);
        await counts.Count();
        var before = await counts.Figures();
        Assert.True(await counts.House.Get<Erasure>().Erase(buyer));
        await counts.Count();
        var passing = before.Where(figure => figure.Key.Contains("|live", StringComparison.Ordinal)
            || figure.Key.Contains("|at|", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, passing.Count);
        Assert.Equal(before.Except(passing).ToDictionary(), await counts.Figures());
        Assert.Null(await counts.Tables.Insights.Find(buyer.Shard, $"c|{buyer}"));
    }

    [Theory]
    [InlineData("a contribution")]
    [InlineData("the sums of a shard")]
    [InlineData("a send")]
    [InlineData("a customer")]
    public async Task A_row_that_cannot_be_read_is_said_once_and_counted_when_it_can_be_read_again(
        string which)
    {
        await using var counts = await Counts.Open();
        var (buyer, held) = await Story(counts);
        await counts.Count();
        var (table, partition, key) = which switch
        {
            "a contribution" => (counts.Tables.Insights, buyer.Shard, $"c|{buyer}"),
            "the sums of a shard" => (counts.Tables.Insights, buyer.Shard, "s|journey"),
            "a send" => (counts.Tables.Timeline, buyer.Value,
                (await counts.Tables.Timeline.Query(TableQuery.Prefix(buyer.Value, "s|")).FirstAsync()).RowKey),
            _ => (counts.Tables.Customers, buyer.Shard, buyer.Value),
        };
        var good = (await table.Find(partition, key))!;
        await table.Upsert(new Row(partition, key) { { "Doc", "{ broken" } }, UpdateMode.Replace);
        foreach (var (whom, order) in ((CustomerId, string)[])[(buyer, "8"), (held, "9")]) await counts.Walk(
            whom, Counts.Thanks, $"order~{order}", counts.Now.AddDays(-1), "1", Outcome.Completed, $"shop:{order}");
        for (var n = 0; n < 3; n++) await counts.Count();
        Assert.Equal(
            $"the figures of 1 customer are not counted: a row in Insights, or of theirs, cannot be read (shards "
            + $"{buyer.Shard})",
            Assert.Single(counts.Log.Lines));
        Assert.Equal(
            counts.Log.Lines[0], (await counts.Tables.Attention.Find("stuck", "insights"))!.GetString("Reason"));
        Assert.Contains("order~9", Documents.Text((await counts.Tables.Insights.Find(held.Shard, $"c|{held}"))!),
            StringComparison.Ordinal);

        var mended = new Row(partition, key);
        foreach (var (name, value) in good.Where(property => property.Key.StartsWith("Doc", StringComparison.Ordinal)))
            mended[name] = value;
        await table.Upsert(mended, UpdateMode.Replace);
        await counts.Count();
        Assert.Null(await counts.Tables.Attention.Find("stuck", "insights"));
        Assert.Equal(3, (await counts.Figures())["journey|thanks|entered"]);
        Assert.Equal(await counts.FromScratch(), await counts.Figures());
        Assert.Single(counts.Log.Lines);
    }

    [Fact]
    public async Task When_nothing_happened_a_count_reads_three_times_and_writes_nothing()
    {
        await using var counts = await Counts.Open();
        await Story(counts);
        await counts.Count();
        counts.House.Storage.Reset();
        Assert.Equal(0, await counts.Count());
        Assert.Equal(["read Insights", "read Customers", "read Timeline"], counts.House.Storage.Operations);
    }

    [Fact]
    public async Task Neither_intake_nor_its_journeys_ever_touch_the_figures()
    {
        await using var house = await House.Open();
        foreach (var (topic, body) in Webhooks.Life("1001")) await house.Deliver(topic, body);
        Assert.DoesNotContain(
            house.Storage.Operations, operation => operation.EndsWith("Insights", StringComparison.Ordinal));
    }

    /// <summary>One who was thanked, bought again, waits in the second journey and complained about a newsletter; one
    /// who was held out.</summary>
    private static async Task<(CustomerId Buyer, CustomerId Held)> Story(Counts counts)
    {
        var first = new DateTimeOffset(2026, 10, 22, 3, 0, 0, TimeSpan.Zero);
        var buyer = await counts.Customer(
            1, Counts.Order("1", first.AddSeconds(-2), 1000), Counts.Order("2", first.AddDays(28), 500));
        var thanks = await counts.Walk(buyer, Counts.Thanks, "order~1", first, "1", Outcome.Completed, "shop:1");
        await counts.Send(thanks, "0", "thanks", first.AddSeconds(4));
        var second = await counts.Walk(buyer, Counts.Second, "0001", first.AddDays(8), "2");
        await counts.Send(second, "1/arms/rest/0", "second", first.AddDays(23), SendState.Refused);
        await counts.Engage(
            buyer, $"{second.Id}@1/arms/rest/0", "second", first.AddDays(23), "deliveredAt", "openedAt");
        await counts.Engage(buyer, Issue, "weekly/2026-11-18", first.AddDays(27), "deliveredAt", "complainedAt");
        var held = await counts.Customer(2, Counts.Order("3", new(2026, 8, 1, 0, 0, 0, TimeSpan.Zero), 700));
        await counts.Walk(held, Counts.Second, "0001", new(2026, 8, 3, 0, 0, 0, TimeSpan.Zero), "1", Outcome.Holdout);
        return (buyer, held);
    }

    /// <summary>Anything that may happen to one of seven customers.</summary>
    private static async Task Happen(Counts counts, Random random)
    {
        var (n, now) = (random.Next(1, 8), counts.Now);
        var id = (await counts.House.Customers.Find(new($"{n * 37 % 256:x2}{n:x22}")))?.Value.Id
            ?? await counts.Customer(n);
        var day = now.AddDays(-random.Next(90));
        switch (random.Next(8))
        {
            case 0 or 1:
                await counts.House.Customers.Change(id, has => has with
                {
                    Orders = Facts.Apply(has.Orders, Counts.Order(
                        $"{random.Next(12)}", day, random.Next(1, 9) * 100) with
                    { Void = random.Next(5) == 0 })
                });
                break;
            case 2:
                await counts.Walk(id, Counts.Thanks, $"order~{random.Next(4)}", day, "1", Outcome.Completed,
                    $"shop:{random.Next(12)}");
                break;
            case 3:
                var outcome = (Outcome?)(random.Next(3) switch { 0 => null, 1 => Outcome.Holdout, _ => Outcome.Left });
                // A walk's beginning never changes.
                await counts.Walk(id, Counts.Second, "0001", new DateTimeOffset(2026, 9, n, 0, 0, 0, TimeSpan.Zero),
                    outcome == Outcome.Holdout ? "1" : $"{random.Next(3)}", outcome);
                break;
            case 4:
                await counts.Send(Enrollment.Begin(
                    new(id, "second", "0001"), 1, new() { Id = "x", Type = "y", At = now, Customer = id }, null,
                    now), "1/arms/rest/0", "second", day, (SendState)random.Next(4));
                break;
            case 5:
                await counts.Engage(
                    id, random.Next(2) == 0 ? Issue : $"{id}.second.0001@1/arms/rest/0", "m", day, random.Next(3) switch
                    {
                        0 => ["deliveredAt"],
                        1 => ["deliveredAt", "openedAt"],
                        _ => ["deliveredAt", "unsubscribedAt"]
                    });
                break;
            case 6:
                await counts.House.Consents.Record(
                    id, "email", new(ConsentState.Withdrawn, day, "one-click", Ledger.Id(id, Issue)));
                break;
            default:
                var (into, from) = (await counts.House.Customers.Find(id),
                    await counts.House.Customers.Find(new($"{7 * 37 % 256:x2}{7:x22}")));
                if (from is null || into!.Value.Id == from.Value.Id) break;
                await counts.House.Customers.Save(Profiles.Unite(into.Value, from.Value), into.ETag);
                await counts.House.Customers.Save(
                    new Customer { Id = from.Value.Id, CreatedAt = from.Value.CreatedAt, MergedInto = into.Value.Id },
                    from.ETag);
                break;
        }
    }
}

using Automation.Marketing.Customers;
using Automation.Marketing.Insights;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Automation.Marketing.Time;

namespace Automation.Marketing.Tests.Insights;

public sealed class BookTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    [Theory]
    // Newcombe 1998, Two-sided confidence intervals for the single proportion, table I
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Wilson_s_interval_is_the_published_one(int of, int all, double low, double high)
    {
        var interval = new Share(of, all).Interval();
        Assert.Equal(low, Math.Round(interval.Low, 4));
        Assert.Equal(high, Math.Round(interval.High, 4));
    }

    [Theory]
    // Newcombe 1998, Interval estimation for the difference, table II, method 10
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)]
    [InlineData(9, 10, 3, 10, 0.1705, 0.8090)]
    [InlineData(5, 56, 0, 29, -0.0381, 0.1926)]
    [InlineData(0, 10, 0, 20, -0.1611, 0.2775)]
    public void Newcombe_s_interval_is_the_published_one(
        int walked, int ofWalked, int held, int ofHeld, double low, double high)
    {
        var interval = new Lift(new(walked, ofWalked), new(held, ofHeld)).Interval();
        Assert.Equal(low, Math.Round(interval.Low, 4));
        Assert.Equal(high, Math.Round(interval.High, 4));
    }

    [Theory]
    [InlineData(49, 10, 500, 10, "49 of 50 whose window is over walked it")]
    [InlineData(500, 30, 49, 5, "49 of 50 whose window is over were held out")]
    [InlineData(500, 5, 100, 4, "9 of 10 bought")]
    public void Too_few_people_are_no_answer(int walked, int bought, int held, int boughtToo, string said) =>
        Assert.Equal($"not enough data yet: {said}", new Lift(new(bought, walked), new(boughtToo, held)).NotEnough);

    [Fact]
    public void Who_came_before_their_window_was_over_is_not_compared_yet()
    {
        var figures = new Figures();
        figures.Add("lift|second|closed|walked|people", 60);
        figures.Add("lift|second|2026-11-22|walked|people", 5);
        figures.Add("lift|second|2026-11-23|walked|people", 7);
        Assert.Equal(65, new Book(figures, Today).Lift("second").Walked.All);
        Assert.Equal(72, new Book(figures, Today.AddDays(1)).Lift("second").Walked.All);
        Assert.Equal(65, new Book(Sums.Fold(figures, Today), Today).Lift("second").Walked.All);
    }

    [Fact]
    public void Percentiles_run_straight_through_their_bucket_and_reach_back_as_many_days_as_asked()
    {
        var figures = new Figures();
        for (var second = 1; second <= 100; second++)
            figures.Add($"thanks|2026-11-22|order|{Durations.Bucket(TimeSpan.FromSeconds(second))}");
        figures.Add($"thanks|2026-11-15|order|{Durations.Bucket(TimeSpan.FromDays(99))}", 1000);
        var latency = new Book(figures, Today).Thanks(7, "order");
        Assert.Equal(100, latency.Count);
        Assert.Equal(50.0, latency.P50!.Value);
        Assert.Equal(100, latency.P95!.Value, 5.1);
        Assert.Equal(259_200, new Book(figures, Today).Thanks(8, "order").P95!.Value, 13_000.0);
        Assert.Null(new Book(figures, Today).Thanks(7, "known").P50);
    }

    [Theory]
    [InlineData("0", true)]
    [InlineData("1/then/0", true)]
    [InlineData("1/else/0", false)]
    [InlineData("1/else/1", false)]
    [InlineData("2/arms/a/0", true)]
    [InlineData("4", false)]
    public void A_thank_you_is_what_goes_out_before_any_wait(string cursor, bool atOnce)
    {
        Step[] steps =
        [
            new Step.Send("a"),
            new Step.Branch(null!, [new Step.Send("b")]),
            new Step.Split([new("a", 50, [new Step.Send("c")]), new("b", 50, [])]),
            new Step.Wait(new(1, PeriodUnit.Day)),
            new Step.Send("d"),
        ];
        Assert.Equal(atOnce, Thanks.IsAtOnce(Counts.Thanks with { Steps = steps }, cursor));
    }

    [Fact]
    public void The_next_issue_is_expected_to_cost_what_past_ones_did()
    {
        var figures = new Figures();
        Assert.Equal((null, "not enough data yet: fewer than 500 mails of newsletters were delivered"), Said("weekly"));
        figures.Add("issue|weekly|2026-11-11|delivered", 400);
        figures.Add("issue|weekly|2026-11-18|delivered", 400);
        figures.Add("issue|weekly|2026-11-18|optedOut", 4);
        figures.Add("issue|monthly|2026-11-01|delivered", 200);
        figures.Add("issue|monthly|2026-11-01|optedOut", 6);
        Assert.Equal(
            (5.0, "4 of 800 delivered mails of weekly were answered with an opt-out or a complaint"), Said("weekly"));
        Assert.Equal(
            (10.0, "10 of 1000 delivered mails of all newsletters were answered with an opt-out or a complaint"),
            Said("monthly"));

        (double?, string) Said(string newsletter)
        {
            var expected = OptOuts.Expect(new Book(figures, Today), newsletter, 1000);
            return (expected.OptOuts, expected.Because);
        }
    }

    [Fact]
    public void Whose_wait_ends_on_a_day_is_counted_across_journeys_and_no_more_once_the_walk_is_over()
    {
        var at = new DateTimeOffset(2026, 12, 1, 16, 0, 0, TimeSpan.Zero);
        var (walk, tokyo) = (Walk(at), Zones.Of("Asia/Tokyo", "Asia/Tokyo"));
        var before = Counting.Of(new() { Enrollments = [walk] }, (_, _) => null, Counted.Nothing.Firsts, tokyo);
        var figures = Counted.Difference(Counted.Nothing, before.Units);
        figures.Add("journey|other|due|2026-12-02", 2);
        Assert.Equal(new Dictionary<DateOnly, decimal> { [new(2026, 12, 2)] = 3 }, new Book(figures, Today).Due());

        var over = walk with { Outcome = Outcome.Completed, EndedAt = at };
        var after = Counting.Of(new() { Enrollments = [over] }, (_, _) => null, before.Firsts, tokyo);
        Assert.Equal(-1, Counted.Difference(before, after.Units)["journey|welcome|due|2026-12-02"]);
        // Its row was deleted: that somebody waits ends with it, that they entered stays.
        var gone = Counted.Difference(before, new Dictionary<string, Figures>());
        Assert.Equal(-1, gone["journey|welcome|due|2026-12-02"]);
        Assert.Equal(0, gone["journey|welcome|entered"]);
    }

    [Fact]
    public void Whoever_has_a_rhythm_counts_where_their_usual_interval_lies_and_all_others_nowhere()
    {
        var figures = new Figures();
        // 40 and 30 days apart; only twice; 7 days apart to the hour; once a year and a bit.
        foreach (var days in (double[][])[[0, 40, 70], [0, 30], [0, 7, 14], [0, 400, 800]]) Count(days);
        var rhythms = new Book(figures, Today).Rhythms();
        Assert.Equal([7, 14, 21, 30, 45, 60, 90, 120, 180, 365, null], rhythms.Select(rhythm => rhythm.UpToDays));
        Assert.Equal(
            [new(7, 1), new(45, 1), new(null, 1)], rhythms.Where(rhythm => rhythm.Customers > 0));

        void Count(double[] days)
        {
            var facts = OrderFacts.None;
            var begin = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
            foreach (var day in days) facts = Facts.Apply(facts, new()
            {
                Key = $"shop:{day}",
                At = begin.AddDays(day),
                Total = 1000,
                Products = [],
            });
            var customer = new Customer { Id = new("00112233445566778899aabb"), CreatedAt = begin, Orders = facts };
            var counted = Counting.Of(
                new() { Own = customer, Owner = customer }, (_, _) => null, Counted.Nothing.Firsts, TimeZoneInfo.Utc);
            figures.Add(Counted.Difference(Counted.Nothing, counted.Units));
        }
    }

    private static Enrollment Walk(DateTimeOffset until)
    {
        var id = new CustomerId("00112233445566778899aabb");
        var trigger = new ShopEvent { Id = "e", Type = "order.placed", At = until.AddDays(-3), Customer = id };
        return Enrollment.Begin(new(id, "welcome", "0001"), 1, trigger, null, trigger.At) with { Until = until };
    }
}

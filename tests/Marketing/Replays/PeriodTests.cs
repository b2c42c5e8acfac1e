using Automation.Marketing.People;
using Automation.Marketing.Replays;
using Automation.Marketing.Time;

namespace Automation.Marketing.Tests.Replays;

/// <summary>What a period came to, and what a draft would change.</summary>
public sealed class PeriodTests
{
    private static readonly TimeZoneInfo Japan = Zones.Find("Asia/Tokyo")!;
    private static readonly CustomerId Aoi = new("00aa00aa00aa00aa00aa00aa"), Ren = new("00bb00bb00bb00bb00bb00bb");

    private static Send Sent(
        CustomerId customer, string mail, DateTimeOffset at, SendState state = SendState.Accepted,
        string? reason = null) => new()
        {
            Id = $"{customer}-{mail}",
            Customer = customer,
            Mail = mail,
            Purpose = Purpose.Marketing,
            For = $"{customer}.second-purchase.0001@0",
            State = state,
            Reason = reason,
            At = at,
        };

    [Fact]
    public void Days_are_the_shops_and_what_is_outside_is_not_counted()
    {
        var tally = new PeriodTally(new(2026, 11, 2), new(2026, 11, 3), Japan);
        // 00:30 of the second in Japan is the first elsewhere; 00:30 of the fourth is out.
        tally.Add(Sent(Aoi, "a", new(2026, 11, 1, 15, 30, 0, TimeSpan.Zero)));
        tally.Add(Sent(Aoi, "b", new(2026, 11, 3, 14, 59, 0, TimeSpan.Zero)));
        tally.Add(Sent(Ren, "a", new(2026, 11, 3, 15, 30, 0, TimeSpan.Zero)));
        tally.Add(Sent(Ren, "b", new(2026, 11, 3, 1, 0, 0, TimeSpan.Zero), SendState.Refused, "cap: 2 per 7 days"));
        tally.Add(Sent(Ren, "c", new(2026, 11, 3, 1, 0, 0, TimeSpan.Zero), SendState.Released, "quiet hours"));
        tally.Hold(new(2026, 11, 3, 1, 0, 0, TimeSpan.Zero), "quiet hours");
        tally.Hold(new(2026, 11, 30, 1, 0, 0, TimeSpan.Zero), "quiet hours");
        var figures = tally.Figures(played: true);
        Assert.Equal(new DayMails(1, 0), figures.Days["2026-11-02"]);
        Assert.Equal(new DayMails(1, 0), figures.Days["2026-11-03"]);
        Assert.Equal((2, 1), (figures.Sent, figures.NotSent));
        Assert.Equal(1, figures.Mails["second-purchase|b"].NotSent["cap: 2 per 7 days"]);
        Assert.Equal(1, figures.PerCustomer["2"]);
        Assert.Equal(1, figures.Held!["quiet hours"]);
        Assert.DoesNotContain("second-purchase|c", figures.Mails.Keys);
    }

    [Fact]
    public void What_is_not_kept_of_what_really_went_is_not_said_to_be_none()
    {
        var tally = new PeriodTally(new(2026, 11, 2), new(2026, 11, 3), Japan);
        Assert.Null(tally.Figures(played: false).Held);
        Assert.Empty(tally.Figures(played: true).Held!);
    }

    [Fact]
    public void Who_gets_the_same_mails_in_another_order_gets_nothing_else()
    {
        var differences = Differences.Of(
            new Dictionary<CustomerId, List<string>> { [Aoi] = ["j|a", "j|b"], [Ren] = ["j|a", "j|a"] },
            new Dictionary<CustomerId, List<string>> { [Aoi] = ["j|b", "j|a"], [Ren] = ["j|a", "j|c"] });
        Assert.Equal(1, differences.All);
        var one = Assert.Single(differences.Some);
        Assert.Equal((Ren, "j|c", "j|a"), (one.Customer, Assert.Single(one.Only), Assert.Single(one.NoMore)));
    }

    [Fact]
    public void Of_many_who_get_something_else_all_are_counted_and_some_are_named()
    {
        var now = Enumerable.Range(0, 80)
            .ToDictionary(n => new CustomerId($"{n:x24}"), _ => new List<string> { "j|a" });
        var differences = Differences.Of(new Dictionary<CustomerId, List<string>>(), now);
        Assert.Equal((80, Differences.Named), (differences.All, differences.Some.Count));
    }

    [Fact]
    public void A_replay_that_nobody_plays_any_more_was_cut_off()
    {
        var now = new DateTimeOffset(2026, 11, 28, 3, 0, 0, TimeSpan.Zero);
        var replay = new Replay
        {
            Id = "1",
            By = "mika",
            StartedAt = now,
            Days = 30,
            Process = "here",
            Stage = ReplayStage.Published,
            At = now,
        };
        Assert.True(replay.Standing(now, "here", isPlayedHere: true, isAlone: true).IsRunning);
        // The process was started anew, and no other works here.
        Assert.Equal(ReplayStage.CutOff, replay.Standing(now, "anew", false, isAlone: true).Stage);
        // Another process may still be at it, until it has been silent for long.
        Assert.True(replay.Standing(now, "other", false, isAlone: false).IsRunning);
        Assert.Equal(
            ReplayStage.CutOff, replay.Standing(now + Replay.Silence + TimeSpan.FromSeconds(1), "other", false, false)
                .Stage);
        var done = replay with { Stage = ReplayStage.Done };
        Assert.Same(done, done.Standing(now.AddDays(1), "anew", false, true));
    }
}

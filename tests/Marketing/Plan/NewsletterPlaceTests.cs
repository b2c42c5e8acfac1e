using System.Globalization;
using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.Plan;
using Automation.Marketing.Shop;
using Automation.Marketing.Tests.Newsletters.Chunks;
using Automation.Marketing.Tests.Newsletters.Slots;
using Automation.Marketing.Time;
using FsCheck;
using FsCheck.Fluent;
using static Automation.Marketing.Tests.Time.PeriodTests;

namespace Automation.Marketing.Tests.Plan;

/// <summary>Journeys beside newsletters: an issue takes one place in its week, whatever its chunks take.</summary>
public class NewsletterPlaceTests
{
    private static readonly ShopSettings Shop = SlotTests.Shop with
    {
        Plan = new() { Caps = [new(2, new(7, PeriodUnit.Day))], NewsletterDayKeepsBack = true },
    };

    private static IReadOnlyList<PlanMoment> Weekly(DateTimeOffset now, TimeSpan lag) =>
        ReaderMailings.Roughly(
            PlannedMailing.Of(SlotTests.Weekly(), Shop, [.. Acted(now, lag)], now, now.AddDays(16)),
            new() { Customer = Mailing.Customer(1), Shop = Shop, Now = now });

    private static IEnumerable<Issue> Acted(DateTimeOffset now, TimeSpan lag) =>
        from slot in SlotRules.Between(SlotTests.Weekly(), Shop, now.AddDays(-30), now - lag)
        select new Issue
        {
            Id = slot.Id,
            Slot = slot.At,
            State = IssueState.Sent,
            StartedAt = slot.At + lag,
            EndedAt = slot.At + lag + lag
        };

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(400)]
    public void A_weekly_newsletter_leaves_a_place_on_every_day_but_its_own(int seconds)
    {
        for (var hour = 0; hour < 7 * 24; hour++)
        {
            var now = At("2026-11-22T00:30+09:00").AddHours(hour);
            var verdict = PlanRules.Judge(
                Shop, Zones.Find("Asia/Tokyo")!, [], Weekly(now, TimeSpan.FromSeconds(seconds)), now);
            if (now.DayOfWeek == DayOfWeek.Wednesday) Assert.Equal(Verdict.Later(At("2026-11-26T00:00+09:00"),
                "newsletter day"), verdict);
            else Assert.Equal(Verdict.Yes, verdict);
        }
    }

    private sealed record Case(
        int Messages, int Days, DayOfWeek[] On, int Hour, string Zone, QuietHours? Quiet, bool KeepsBack, int[] Wishes,
        int[] Lags);

    private static readonly Arbitrary<Case> Cases = (
        from messages in Gen.Choose(1, 4)
        from days in Gen.Choose(1, 14)
        from weekdays in Gen.SubListOf(Enum.GetValues<DayOfWeek>()).Where(some => some.Count is > 0 and < 4)
        from hour in Gen.Choose(1, 22)
        from zone in Gen.Elements("Asia/Tokyo", "America/New_York", "Europe/London")
        from quiet in Gen.Elements<QuietHours?>(null, new(new(0, 0), new(8, 0)))
        from keepsBack in Gen.Elements(true, false)
        from wishes in (from day in Gen.Choose(0, 60)
                        from hour in Gen.Choose(9, 19)
                        select (24 * day)
            + hour).ArrayOf(20)
        from lags in Gen.Choose(0, 600).ArrayOf(100)
        select new Case(messages, days, [.. weekdays], hour, zone, quiet, keepsBack, wishes, lags)).ToArbitrary();

    [Fact]
    public void Ten_minutes_here_and_there_change_no_decision_by_day() =>
        Prop.ForAll(Cases, c =>
            Days(c, lag: false).SequenceEqual(Days(c, lag: true))).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    /// <summary>On which days journeys wrote; with or without minutes that an event, a mail or an issue's sending comes
    /// later. Mails held back one after another add theirs up: twenty of them and a clock change stay on this side of
    /// midnight.</summary>
    private static List<DateOnly> Days(Case c, bool lag)
    {
        var zone = Zones.Find(c.Zone)!;
        var shop = Shop with
        {
            TimeZone = c.Zone,
            QuietHours = c.Quiet,
            Plan = new()
            {
                Caps = [new(c.Messages, new(c.Days, PeriodUnit.Day))],
                NewsletterDayKeepsBack = c.KeepsBack
            },
        };
        var newsletter = SlotTests.Weekly(c.Hour.ToString("00", CultureInfo.InvariantCulture) + ":00", null, c.On);
        var start = Zones.Instant(new(2026, 2, 20, 0, 30, 0), zone);
        var issues = SlotRules.Between(newsletter, shop, start.AddDays(-30), start.AddDays(200))
            .Select((slot, n) => new Issue
            {
                Id = slot.Id,
                Slot = slot.At,
                State = IssueState.Sent,
                StartedAt = slot.At + Lag(n)
            }).ToList();
        var (written, waiting) = (new List<DateTimeOffset>(), new PriorityQueue<int, DateTimeOffset>());
        foreach (var (wish, n) in c.Wishes.Order().Select((wish, n) => (wish, n)))
            waiting.Enqueue(n, start.AddHours(wish) + Lag(n));
        while (waiting.TryDequeue(out var n, out var now) && now < start.AddDays(90))
        {
            var places = issues.Where(issue => (issue.Slot - now).Duration() < TimeSpan.FromDays(40))
                .Select(issue => PlannedMailing.Of(newsletter, shop, issue, false).Place).ToList();
            if (PlanRules.Judge(shop, zone, [.. written.Select(at =>
                PlanMoment.Of(at, zone))], places, now) is Verdict.Deferred later) waiting.Enqueue(n, later.Until);
            else written.Add(now + Lag(n + 50));
        }
        return [.. written.Select(at => Zones.Day(at, zone)).Order()];

        TimeSpan Lag(int n) => lag ? TimeSpan.FromSeconds(c.Lags[n % c.Lags.Length]) : TimeSpan.Zero;
    }

    [Theory]
    [InlineData(2, "7 days", "wednesday", "1 message a week")]
    [InlineData(3, "7 days", "wednesday", "2 messages a week")]
    [InlineData(1, "7 days", "wednesday", "0 messages in 4 weeks")]
    [InlineData(2, "7 days", "tuesday friday", "0 messages in 4 weeks")]
    [InlineData(1, "1 day", "wednesday", "6 messages a week")]
    [InlineData(6, "1 month", "wednesday", "13 messages in 52 weeks")]
    [InlineData(5, "1 month", "wednesday", "0 messages in 52 weeks")]
    [InlineData(9, "1 day", "monday tuesday wednesday thursday friday saturday sunday", "0 messages in 4 weeks")]
    public void The_plan_says_what_it_leaves_to_journeys(int messages, string per, string on, string left)
    {
        var newsletter = SlotTests.Weekly(
            "10:00", null, [.. on.Split(' ').Select(day => Enum.Parse<DayOfWeek>(day, ignoreCase: true))]);
        var shop = Shop with { Plan = Shop.Plan with { Caps = [new(messages, Period.Parse(per))] } };
        Assert.Equal(left, PlacesLeft.Beside([newsletter], shop).InWords());
    }
}

using Automation.Marketing.Plan;
using Automation.Marketing.Shop;
using Automation.Marketing.Tests.Mails;
using Automation.Marketing.Time;
using static Automation.Marketing.Tests.Time.PeriodTests;

namespace Automation.Marketing.Tests.Plan;

public class PlanTests
{
    private static readonly Cap TwoAWeek = new(2, new(7, PeriodUnit.Day));

    private static readonly TimeZoneInfo Tokyo = Zones.Find("Asia/Tokyo")!;

    private static PlanMoment[] Days(string days) => [.. days.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(
        day => PlanMoment.Of(Mail.Now.AddDays(double.Parse(day, null)), Tokyo))];

    private static PlanMoment[] Places(params string[] slots) =>
        [.. slots.Select(slot => PlanMoment.Of(At(slot), Tokyo))];

    private static string Said(Verdict verdict) => verdict switch
    {
        Verdict.Allowed => "yes",
        Verdict.Deferred(var until, var reason) =>
            $"day {Zones.Day(until, Tokyo).DayNumber - Zones.Day(Mail.Now, Tokyo).DayNumber}: {reason}",
        Verdict.Refused(var reason) => reason,
        _ => "?",
    };

    [Theory]
    [InlineData("", "yes")]
    [InlineData("-1", "yes")]
    [InlineData("-7 -1", "yes")]
    [InlineData("-6.6 -1", "yes")]
    [InlineData("-6 -1", "day 1: cap: 2 per 7 days")]
    [InlineData("-5.4 -1", "day 2: cap: 2 per 7 days")]
    [InlineData("-5 -4 -3", "day 3: cap: 2 per 7 days")]
    [InlineData("-1 3", "day 6: cap: 2 per 7 days")]
    [InlineData("3 10", "yes")]
    [InlineData("3 5", "day 10: cap: 2 per 7 days")]
    [InlineData("-1 7", "yes")]
    [InlineData("3 4 5 6", "day 12: cap: 2 per 7 days")]
    public void Two_a_week_is_two_in_any_seven_days_and_what_is_promised_keeps_its_place(
        string messages, string expected) =>
            Assert.Equal(expected, Said(Cap.Judge([TwoAWeek], Days(messages), PlanMoment.Of(Mail.Now, Tokyo), Tokyo)));

    [Fact]
    public void A_cap_in_hours_counts_elapsed_time()
    {
        Cap[] caps = [new(1, new(12, PeriodUnit.Hour))];
        Assert.Equal(
            Verdict.Later(Mail.Now.AddHours(6), "cap: 1 per 12 hours"),
            Cap.Judge(caps, Days("-0.25"), PlanMoment.Of(Mail.Now, Tokyo), Tokyo));
        Assert.Equal("yes", Said(Cap.Judge(caps, Days("-0.5"), PlanMoment.Of(Mail.Now, Tokyo), Tokyo)));
    }

    [Fact]
    public void All_caps_hold()
    {
        Cap[] caps = [new(1, new(1, PeriodUnit.Day)), TwoAWeek, new(3, new(1, PeriodUnit.Month))];
        Assert.Equal(
            "day 1: cap: 1 per 1 day", Said(Cap.Judge(caps, Days("-0.1"), PlanMoment.Of(Mail.Now, Tokyo), Tokyo)));
        Assert.Equal(
            "day 5: cap: 2 per 7 days", Said(Cap.Judge(caps, Days("-2 -1"), PlanMoment.Of(Mail.Now, Tokyo), Tokyo)));
        Assert.Equal(
            "day 10: cap: 3 per 1 month",
            Said(Cap.Judge(caps, Days("-20 -12 -8"), PlanMoment.Of(Mail.Now, Tokyo), Tokyo)));
    }

    [Fact]
    public void Rules_hold_back_one_after_another_until_all_are_content()
    {
        var shop = Mail.Shop with
        {
            QuietHours = new(new(21, 0), new(8, 0)),
            Plan = new ShopPlan { Caps = [TwoAWeek], NewsletterDayKeepsBack = true }
        };
        var zone = Zones.Find("Asia/Tokyo")!;
        var now = At("2026-11-24T22:00+09:00");
        Assert.Equal(
            Verdict.Later(At("2026-11-25T08:00+09:00"), "quiet hours"), PlanRules.Judge(shop, zone, [], [], now));
        // Quiet until the newsletter's day, kept back on it, quiet again after midnight.
        Assert.Equal(
            Verdict.Later(At("2026-11-26T08:00+09:00"), "quiet hours"),
            PlanRules.Judge(shop, zone, [], Places("2026-11-25T10:00+09:00"), now));
        Assert.Equal(
            Verdict.Later(At("2026-11-26T08:00+09:00"), "newsletter day"),
            PlanRules.Judge(shop, zone, [], Places("2026-11-25T10:00+09:00"), At("2026-11-25T20:00+09:00")));
        // A mail of the day before and the newsletter are two; the next has room
        // a week after the first, but that is the next newsletter's day, and then the night.
        Assert.Equal(Verdict.Later(At("2026-12-03T08:00+09:00"), "cap: 2 per 7 days"),
            PlanRules.Judge(
                shop,
                zone,
                Places("2026-11-25T20:00+09:00"),
                Places("2026-11-26T10:00+09:00", "2026-12-02T10:00+09:00"),
                At("2026-11-27T09:00+09:00")));
    }

    [Fact]
    public void What_was_held_back_for_too_long_expires()
    {
        var (plan, zone) = (new ShopPlan { Expires = new(2, PeriodUnit.Day) }, TimeZoneInfo.Utc);
        Verdict Expire(Verdict verdict, double? sinceDay) =>
            PlanRules.Expire(plan, zone, verdict, sinceDay is { } day ? Mail.Now.AddDays(day) : null, Mail.Now);
        Assert.Equal("yes", Said(Expire(Verdict.Yes, null)));
        Assert.Equal("yes", Said(Expire(Verdict.Yes, -2)));
        Assert.Equal("expired after 2 days", Said(Expire(Verdict.Yes, -2.1)));
        Assert.Equal("day 2: cap", Said(Expire(Verdict.Later(Mail.Now.AddDays(2), "cap"), null)));
        Assert.Equal("expired after 2 days: cap", Said(Expire(Verdict.Later(Mail.Now.AddDays(1.5), "cap"), -1)));
        Assert.Equal("consent: withdrawn", Said(Expire(Verdict.No("consent: withdrawn"), -9)));
    }
}

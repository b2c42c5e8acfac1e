using Automation.Marketing.Plan;
using Automation.Marketing.Shop;
using Automation.Marketing.Tests.Mails;
using Automation.Marketing.Time;
using FsCheck;
using FsCheck.Fluent;
using static Automation.Marketing.Tests.Time.PeriodTests;

namespace Automation.Marketing.Tests.Plan;

/// <summary>Any shop, any newsletters, any wishes of journeys: what goes out keeps to the plan.</summary>
public class PlanProperties
{
    private sealed record Case(ShopSettings Shop, TimeZoneInfo Zone, DateTimeOffset Start,
        IReadOnlyList<DateTimeOffset> Newsletters, IReadOnlyList<DateTimeOffset> Wishes);

    private static readonly Gen<Cap> Caps = from messages in Gen.Choose(
        1, 4)
                                            from hours in Gen.Choose(1, 14 * 24)
                                            from days in Gen.Elements(true, false)
                                            select new Cap(messages, days
                                                ? new((hours / 24) + 1, PeriodUnit.Day)
                                                : new(hours, PeriodUnit.Hour));

    private static readonly Arbitrary<Case> Cases = (
        from zone in Gen.Elements(
            "Asia/Tokyo", "America/New_York", "Europe/London", "Pacific/Chatham", "Australia/Lord_Howe")
        from start in Gen.Elements(
            At("2026-11-20T00:00Z"), At("2026-10-24T00:00Z"), At("2027-03-12T00:00Z"), At("2027-04-02T00:00Z"))
        from caps in Caps.ListOf().Where(caps => caps.Count <= 3)
        from quiet in Gen.Elements<QuietHours?>(
            null, new(new(21, 0), new(8, 0)), new(new(0, 30), new(7, 15)), new(new(8, 0), new(20, 59)))
        from keepsBack in Gen.Elements(true, false)
        from every in Gen.Choose(1, 10)
        from has in Gen.Elements(true, false)
        from wishes in Gen.Choose(0, 40 * 24 * 60).ListOf(12)
        select new Case(
            Mail.Shop with
            {
                QuietHours = quiet,
                Plan = new ShopPlan { Caps = [.. caps], NewsletterDayKeepsBack = keepsBack }
            },
            Zones.Find(zone)!, start,
            has ? [.. Enumerable.Range(-5, 40).Select(n => start.AddDays(n * every).AddHours(10))] : [],
            [.. wishes.Select(minutes => start.AddMinutes(minutes))])).ToArbitrary();

    [Fact]
    public void Never_above_a_cap_never_in_quiet_hours_never_on_the_newsletters_day() =>
        Prop.ForAll(Cases, Keeps).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    private static bool Keeps(Case c)
    {
        var (sent, waiting) = (new List<DateTimeOffset>(), new PriorityQueue<int, DateTimeOffset>());
        foreach (var (wish, n) in c.Wishes.Select((wish, n) => (wish, n))) waiting.Enqueue(n, wish);
        for (var asked = 0; asked < 2_000 && waiting.TryDequeue(out var n, out var now); asked++)
        {
            if (now > c.Start.AddDays(60)) continue;
            var seen = c.Newsletters.Where(slot => slot > now.AddDays(-30) && slot < now.AddDays(30)).ToList();
            switch (PlanRules.Judge(c.Shop, c.Zone, [.. sent.Select(Moment)], [.. seen.Select(Moment)], now))
            {
                case Verdict.Allowed:
                    if (!Fits(c, sent, now)) return false;
                    sent.Add(now);
                    break;
                case Verdict.Deferred(var until, var reason) when until > now && reason.Length > 0:
                    waiting.Enqueue(n, until);
                    break;
                default:
                    return false;
            }
        }
        return waiting.Count == 0;
    }

    /// <summary>Said in other words than the rules themselves: stretches of time are tried one after another, the
    /// clock's face is read.</summary>
    private static bool Fits(Case c, List<DateTimeOffset> sent, DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, c.Zone);
        var time = TimeOnly.FromDateTime(local.DateTime);
        if (c.Shop.QuietHours is { } quiet && (quiet.From < quiet.To
            ? time >= quiet.From && time < quiet.To : time >= quiet.From || time < quiet.To)) return false;
        if (c.Shop.Plan.NewsletterDayKeepsBack
            && c.Newsletters.Any(slot => Arrives(c, slot) == DateOnly.FromDateTime(local.Date)))
            return false;
        DateTimeOffset[] all = [.. sent, .. c.Newsletters, now];
        return c.Shop.Plan.Caps.All(cap =>
            all.All(first => !IsIn(cap, first, now) || all.Count(one => IsIn(cap, first, one)) <= cap.Messages));
    }

    /// <summary>The day on which a newsletter comes: what is due at night comes in the morning.</summary>
    private static DateOnly Arrives(Case c, DateTimeOffset slot)
    {
        while (c.Shop.QuietHours is { } quiet && !quiet.Outside.IsOpen(slot, c.Zone)) slot = slot.AddMinutes(1);
        return Zones.Day(slot, c.Zone);
    }

    /// <summary>Is it in the stretch that begins with the first?</summary>
    private static bool IsIn(Cap cap, DateTimeOffset first, DateTimeOffset one) => cap.Per.Unit == PeriodUnit.Hour
        ? one >= first && one < first.AddHours(cap.Per.Count)
        : Moment(one).Day >= Moment(first).Day && Moment(one).Day < Moment(first).Day.AddDays(cap.Per.Count);

    private static PlanMoment Moment(DateTimeOffset at) => PlanMoment.Of(at, Zones.Find(Mail.Shop.TimeZone)!);
}

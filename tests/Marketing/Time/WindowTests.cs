using Automation.Marketing.Shop;
using Automation.Marketing.Time;
using FsCheck;
using FsCheck.Fluent;
using static Automation.Marketing.Tests.Time.PeriodTests;

namespace Automation.Marketing.Tests.Time;

public class WindowTests
{
    private static readonly Window ThursdayMorning = new([DayOfWeek.Thursday], new(8, 0), new(12, 0));
    private static readonly Window Night = new(null, new(21, 0), new(8, 0));

    [Theory]
    [InlineData("2026-11-25T23:30Z", true)]        // Thursday 08:30 in Tokyo, still Wednesday in UTC
    [InlineData("2026-11-25T22:30Z", false)]       // Thursday 07:30
    [InlineData("2026-11-26T07:59+09:00", false)]
    [InlineData("2026-11-26T08:00+09:00", true)]
    [InlineData("2026-11-26T08:01+09:00", true)]
    [InlineData("2026-11-26T11:59:59+09:00", true)]
    [InlineData("2026-11-26T12:00+09:00", false)]
    [InlineData("2026-11-27T08:30+09:00", false)]  // Friday
    public void Thursday_is_thursday_where_the_customer_lives(string now, bool open) =>
        Assert.Equal(open, ThursdayMorning.IsOpen(At(now), Zones.Find("Asia/Tokyo")!));

    [Theory]
    [InlineData("2026-11-26T20:59+09:00", false)]
    [InlineData("2026-11-26T21:00+09:00", true)]
    [InlineData("2026-11-27T00:00+09:00", true)]
    [InlineData("2026-11-27T07:59+09:00", true)]
    [InlineData("2026-11-27T08:00+09:00", false)]
    public void A_window_may_cross_midnight(string now, bool open) =>
        Assert.Equal(open, Night.IsOpen(At(now), Zones.Find("Asia/Tokyo")!));

    [Theory]
    [InlineData("2026-11-26T23:00+09:00", true)]   // Thursday night
    [InlineData("2026-11-27T03:00+09:00", true)]   // the same night, Friday already
    [InlineData("2026-11-26T03:00+09:00", false)]  // the night of Wednesday
    public void The_day_of_a_night_is_the_day_it_begins(string now, bool open) =>
        Assert.Equal(open, (Night with { Days = [DayOfWeek.Thursday] }).IsOpen(At(now), Zones.Find("Asia/Tokyo")!));

    [Theory]
    [InlineData("Asia/Tokyo", "2026-11-25T22:30Z", "2026-11-26T08:00+09:00")]
    [InlineData("Asia/Tokyo", "2026-11-25T23:30Z", "2026-11-25T23:30Z")]
    [InlineData("Asia/Tokyo", "2026-11-26T12:00+09:00", "2026-12-03T08:00+09:00")]
    [InlineData("America/New_York", "2026-11-26T07:00-05:00", "2026-11-26T08:00-05:00")]
    public void The_next_opening(string zone, string now, string opening) =>
        Assert.Equal(At(opening), ThursdayMorning.NextOpening(At(now), Zones.Find(zone)!));

    [Theory]
    // all of it skipped: not that day
    [InlineData("02:15", "02:45", "2026-03-29T00:00+01:00", "2026-03-30T02:15+02:00")]
    // half of it skipped: when the clocks are set
    [InlineData("02:15", "04:00", "2026-03-29T00:00+01:00", "2026-03-29T03:00+02:00")]
    [InlineData("02:15", "02:45", "2026-10-25T02:20+02:00", "2026-10-25T02:20+02:00")]
    [InlineData("02:15", "02:45", "2026-10-25T02:50+02:00", "2026-10-25T02:15+01:00")]  // comes twice
    [InlineData("02:00", "02:30", "2026-10-25T02:45+02:00", "2026-10-25T02:00+01:00")]
    public void Clock_changes_both_ways(string from, string to, string now, string opening) =>
        Assert.Equal(At(opening), new Window(null, TimeOnly.Parse(from, null), TimeOnly.Parse(to, null)).NextOpening(
            At(now), Zones.Find("Europe/Berlin")!));

    [Fact]
    public void Quiet_hours_leave_the_day_open()
    {
        var outside = new QuietHours(new(21, 0), new(8, 0)).Outside;
        var tokyo = Zones.Find("Asia/Tokyo")!;
        Assert.True(outside.IsOpen(At("2026-11-26T08:00+09:00"), tokyo));
        Assert.Equal(At("2026-11-27T08:00+09:00"), outside.NextOpening(At("2026-11-26T21:00+09:00"), tokyo));
    }

    [Fact]
    public void Windows_that_never_meet_say_so() =>
        Assert.Null(Openings.Next([new(null, new(22, 0), new(23, 0)), new QuietHours(new(21, 0), new(8, 0)).Outside],
            At("2026-11-26T08:00Z"), TimeZoneInfo.Utc));

    private static readonly string[] SomeZones = ["Asia/Tokyo", "Europe/Berlin", "America/New_York",
        "Australia/Lord_Howe", "Pacific/Apia", "America/Santiago", "Asia/Beirut", "UTC"];

    private static readonly Arbitrary<(Window Window, DateTimeOffset Now, TimeZoneInfo Zone)> Cases = (
        from days in Gen.Choose(0, 127)
        from opens in Gen.Choose(0, 95)
        from closes in Gen.Choose(0, 95)
        from zone in Gen.Elements(SomeZones)
        from minutes in Gen.Choose(0, 6 * 366 * 1440)
        select (
            new Window(days == 0 ? null : [.. Enum.GetValues<DayOfWeek>().Where(day => (days & (1 << (int)day)) != 0)],
                new TimeOnly(opens / 4, opens % 4 * 15), new TimeOnly(closes / 4, closes % 4 * 15)),
            new DateTimeOffset(2011, 6, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(minutes),
            Zones.Find(zone)!)).ToArbitrary();

    [Fact]
    public void The_next_opening_is_open_not_before_now_and_nothing_in_between_is() =>
        Prop.ForAll(Cases, each =>
        {
            var opening = each.Window.NextOpening(each.Now, each.Zone);
            if (!each.Window.IsOpen(opening, each.Zone) || opening < each.Now) return false;
            for (var at = each.Now; at < opening; at = at.AddMinutes(5))
                if (each.Window.IsOpen(at, each.Zone)) return false;
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
}

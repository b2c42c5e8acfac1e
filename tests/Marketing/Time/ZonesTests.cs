using Automation.Marketing.Time;
using static Automation.Marketing.Tests.Time.PeriodTests;

namespace Automation.Marketing.Tests.Time;

public class ZonesTests
{
    [Theory]
    [InlineData("Asia/Tokio")]
    [InlineData("../../etc/passwd")]
    [InlineData("")]
    [InlineData("日本")]
    public void An_invalid_zone_falls_back_to_the_shops_and_says_so(string id)
    {
        Assert.Equal("Asia/Tokyo", Zones.Of(id, "Asia/Tokyo", out var problem).Id);
        Assert.Equal(id.Length > 0, problem is not null);
    }

    [Fact]
    public void A_customers_own_zone_is_used() =>
        Assert.Equal("Europe/Berlin", Zones.Of("Europe/Berlin", "Asia/Tokyo").Id);

    [Fact]
    public void Where_the_shops_zone_is_wrong_too_it_is_utc() => Assert.Equal(TimeZoneInfo.Utc, Zones.Of("x", "y"));

    [Theory]
    [InlineData("2026-11-02T10:00+09:00", "2026-11-03T10:00+09:00")]   // Monday
    [InlineData("2026-11-03T09:59+09:00", "2026-11-03T10:00+09:00")]
    [InlineData("2026-11-03T10:00+09:00", "2026-11-10T10:00+09:00")]   // never the same moment
    public void The_next_tuesday_at_ten(string now, string expected) =>
        Assert.Equal(At(expected), Dates.Next([DayOfWeek.Tuesday], new(10, 0), At(now), Zones.Find("Asia/Tokyo")!));

    [Fact]
    public void The_31st_and_29_february_are_clipped_to_the_month()
    {
        Assert.Equal(new DateOnly(2027, 2, 28), Dates.InYear(new(2024, 2, 29), 2027));
        Assert.Equal(new DateOnly(2028, 2, 29), Dates.InYear(new(2024, 2, 29), 2028));
    }
}

using System.Globalization;
using Automation.Marketing.Chat;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;

namespace Automation.Marketing.Tests.Chat;

public sealed class BusinessHoursTests
{
    private static readonly TimeZoneInfo Tokyo = Zones.Find("Asia/Tokyo")!;

    private static DateTimeOffset At(string local) =>
        Zones.Instant(DateTime.Parse(local, CultureInfo.InvariantCulture), Tokyo);

    [Theory]
    [InlineData("2026-06-01T09:59", false, "2026-06-01T10:00")]
    [InlineData("2026-06-01T10:00", true, "2026-06-01T10:00")]
    [InlineData("2026-06-01T16:59", true, "2026-06-01T16:59")]
    [InlineData("2026-06-01T17:00", false, "2026-06-02T10:00")]
    [InlineData("2026-06-05T21:15", false, "2026-06-08T10:00")]   // Friday night
    [InlineData("2026-04-28T18:00", false, "2026-04-30T10:00")]   // 昭和の日
    [InlineData("2026-05-02T12:00", false, "2026-05-07T10:00")]   // 3, 4, 5, 6 May
    [InlineData("2026-08-12T17:30", false, "2026-08-17T10:00")]   // 夏季休業
    [InlineData("2026-12-28T17:30", false, "2027-01-04T10:00")]   // 年末年始
    public void Somebody_is_there_in_hours_and_not_on_holidays(string now, bool open, string next)
    {
        Assert.Equal(open, BusinessHours.AreOpen(TeaShop.Shop, At(now)));
        Assert.Equal(At(next), BusinessHours.Next(TeaShop.Shop, At(now)));
    }

    [Fact]
    public void A_shop_without_hours_promises_none()
    {
        var shop = TeaShop.Shop with { Chat = new ChatSettings() };
        Assert.False(BusinessHours.AreOpen(shop, At("2026-06-01T11:00")));
        Assert.Null(BusinessHours.Next(shop, At("2026-06-01T11:00")));
    }
}

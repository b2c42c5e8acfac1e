using System.Globalization;
using Automation.Marketing.Time;

namespace Automation.Marketing.Tests.Time;

public class PeriodTests
{
    [Theory]
    [InlineData("3 days", 3, PeriodUnit.Day)]
    [InlineData("1 day", 1, PeriodUnit.Day)]
    [InlineData("2 weeks", 2, PeriodUnit.Week)]
    [InlineData("12 hours", 12, PeriodUnit.Hour)]
    [InlineData("30 minutes", 30, PeriodUnit.Minute)]
    [InlineData("6 months", 6, PeriodUnit.Month)]
    [InlineData("10 years", 10, PeriodUnit.Year)]
    public void Periods_read_as_people_write_them(string text, int count, PeriodUnit unit) =>
        Assert.Equal(new Period(count, unit), Period.Parse(text));

    [Theory]
    [InlineData("3 dyas", "3 days")]
    [InlineData("3 Days", "3 days")]
    [InlineData("1 wek", "1 week")]
    [InlineData("3days", "3 days")]
    [InlineData("2 mounths", "2 months")]
    [InlineData("soon", null)]
    [InlineData("", null)]
    [InlineData("-3 days", null)]
    [InlineData("3.5 days", null)]
    [InlineData("0 days", null)]
    [InlineData("99999999999 days", null)]
    [InlineData("4000 days", null)]
    public void A_period_that_cannot_be_read_says_what_was_meant(string text, string? meant)
    {
        Assert.False(Period.TryParse(text, out _, out var problem));
        Assert.Equal(meant, problem.Suggestion);
        Assert.Contains(
            meant ?? "\"", Assert.Throws<FormatException>(() => Period.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Asia/Tokyo", "2026-11-03T09:00+09:00", "14 days", "2026-11-17T09:00+09:00")]
    [InlineData("Asia/Tokyo", "2026-01-31T09:00+09:00", "1 month", "2026-02-28T09:00+09:00")]
    [InlineData("Asia/Tokyo", "2028-02-29T09:00+09:00", "1 year", "2029-02-28T09:00+09:00")]
    [InlineData("Asia/Tokyo", "2028-01-31T09:00+09:00", "1 month", "2028-02-29T09:00+09:00")]
    [InlineData("Europe/Berlin", "2026-03-28T09:00+01:00", "1 day", "2026-03-29T09:00+02:00")]     // 23 hours
    [InlineData("Europe/Berlin", "2026-10-24T09:00+02:00", "1 day", "2026-10-25T09:00+01:00")]     // 25 hours
    [InlineData("Europe/Berlin", "2026-03-28T09:00+01:00", "24 hours", "2026-03-29T10:00+02:00")]
    [InlineData("Europe/Berlin", "2026-03-28T02:30+01:00", "1 day", "2026-03-29T03:30+02:00")]     // 02:30 is skipped
    // 02:30 comes twice: the first
    [InlineData("Europe/Berlin", "2026-10-24T02:30+02:00", "1 day", "2026-10-25T02:30+02:00")]
    // 30 December was skipped
    [InlineData("Pacific/Apia", "2011-12-29T12:00-10:00", "1 day", "2011-12-31T12:00+14:00")]
    public void Calendar_days_keep_the_time_of_day(string zone, string start, string period, string expected)
    {
        var moment = Period.Parse(period).After(At(start), Zones.Find(zone)!);
        Assert.Equal(At(expected), moment);
        Assert.Equal(At(expected).Offset, moment.Offset);
    }

    [Fact]
    public void A_period_before_is_counted_back_on_the_calendar() =>
        Assert.Equal(At("2026-02-28T09:00+09:00"),
            Period.Parse("1 month").Before(At("2026-03-31T09:00+09:00"), Zones.Find("Asia/Tokyo")!));

    internal static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}

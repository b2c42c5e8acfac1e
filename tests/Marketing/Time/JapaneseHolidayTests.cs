using System.Globalization;
using Automation.Marketing.Time;

namespace Automation.Marketing.Tests.Time;

public class JapaneseHolidayTests
{
    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The calendars as published: 内閣府「国民の祝日」.</summary>
    [Theory]
    [InlineData(2000, "01-01 01-10 02-11 03-20 04-29 05-03 05-04 05-05 07-20 09-15 09-23 10-09 11-03 11-23 12-23")]
    [InlineData(2003, "01-01 01-13 02-11 03-21 04-29 05-03 05-05 07-21 09-15 09-23 10-13 11-03 11-23 11-24 12-23")]
    [InlineData(
        2006, "01-01 01-02 01-09 02-11 03-21 04-29 05-03 05-04 05-05 07-17 09-18 09-23 10-09 11-03 11-23 12-23")]
    [InlineData(
        2008, "01-01 01-14 02-11 03-20 04-29 05-03 05-04 05-05 05-06 07-21 09-15 09-23 10-13 11-03 11-23 11-24 12-23")]
    [InlineData(
        2009, "01-01 01-12 02-11 03-20 04-29 05-03 05-04 05-05 05-06 07-20 09-21 09-22 09-23 10-12 11-03 11-23 12-23")]
    [InlineData(2018,
        "01-01 01-08 02-11 02-12 03-21 04-29 04-30 05-03 05-04 05-05 07-16 08-11 09-17 09-23 09-24 10-08 11-03 11-23 "
        + "12-23 12-24")]
    [InlineData(2019,
        "01-01 01-14 02-11 03-21 04-29 04-30 05-01 05-02 05-03 05-04 05-05 05-06 07-15 08-11 08-12 09-16 09-23 10-14 "
        + "10-22 11-03 11-04 11-23")]
    [InlineData(2020,
        "01-01 01-13 02-11 02-23 02-24 03-20 04-29 05-03 05-04 05-05 05-06 07-23 07-24 08-10 09-21 09-22 11-03 11-23")]
    [InlineData(
        2021, "01-01 01-11 02-11 02-23 03-20 04-29 05-03 05-04 05-05 07-22 07-23 08-08 08-09 09-20 09-23 11-03 11-23")]
    [InlineData(
        2022, "01-01 01-10 02-11 02-23 03-21 04-29 05-03 05-04 05-05 07-18 08-11 09-19 09-23 10-10 11-03 11-23")]
    [InlineData(2025,
        "01-01 01-13 02-11 02-23 02-24 03-20 04-29 05-03 05-04 05-05 05-06 07-21 08-11 09-15 09-23 10-13 11-03 "
        + "11-23 11-24")]
    [InlineData(2026,
        "01-01 01-12 02-11 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-20 08-11 09-21 09-22 09-23 10-12 11-03 11-23")]
    [InlineData(
        2027, "01-01 01-11 02-11 02-23 03-21 03-22 04-29 05-03 05-04 05-05 07-19 08-11 09-20 09-23 10-11 11-03 11-23")]
    public void A_year_has_the_holidays_the_law_gives_it(int year, string days)
    {
        var kept = Enumerable.Range(0, DateTime.IsLeapYear(year) ? 366 : 365).Select(new DateOnly(year, 1, 1).AddDays)
            .Where(day => JapaneseHolidays.Name(day) is not null);
        Assert.Equal(days.Split(' '), kept.Select(day => day.ToString("MM-dd", CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("2019-04-30", "国民の休日")]
    [InlineData("2019-05-01", "天皇の即位の日")]
    [InlineData("2019-05-06", "振替休日")]
    [InlineData("2019-10-22", "即位礼正殿の儀の行われる日")]
    [InlineData("2019-12-23", null)]
    [InlineData("2020-07-24", "スポーツの日")]
    [InlineData("2020-10-12", null)]
    [InlineData("2021-07-22", "海の日")]
    [InlineData("2021-07-19", null)]
    [InlineData("2021-08-09", "振替休日")]
    [InlineData("2003-05-04", null)]
    [InlineData("2006-05-04", "国民の休日")]
    [InlineData("2026-05-06", "振替休日")]
    [InlineData("2026-09-22", "国民の休日")]
    [InlineData("1999-01-01", null)]
    [InlineData("2100-01-01", null)]
    public void Days_are_called_by_their_name(string day, string? name) =>
        Assert.Equal(name, JapaneseHolidays.Name(Day(day)));

    /// <summary>国立天文台: years in which the equinoxes leave their usual days.</summary>
    [Theory]
    [InlineData(2000, 20, 23)]
    [InlineData(2001, 20, 23)]
    [InlineData(2002, 21, 23)]
    [InlineData(2012, 20, 22)]
    [InlineData(2016, 20, 22)]
    [InlineData(2024, 20, 22)]
    [InlineData(2026, 20, 23)]
    [InlineData(2027, 21, 23)]
    [InlineData(2028, 20, 22)]
    [InlineData(2030, 20, 23)]
    [InlineData(2044, 20, 22)]
    [InlineData(2045, 20, 22)]
    [InlineData(2056, 20, 22)]
    [InlineData(2092, 19, 22)]
    [InlineData(2099, 20, 23)]
    public void Equinoxes_are_where_the_sun_puts_them(int year, int march, int september)
    {
        Assert.Equal("春分の日", JapaneseHolidays.Name(new(year, 3, march)));
        Assert.Equal("秋分の日", JapaneseHolidays.Name(new(year, 9, september)));
    }
}

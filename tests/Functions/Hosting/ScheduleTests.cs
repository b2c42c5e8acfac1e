using Automation.Functions.Local;
using NCrontab;

namespace Automation.Functions.Tests.Hosting;

public sealed class ScheduleTests
{
    [Theory]
    [InlineData("0 */5 * * * *", "2026-11-22T10:02:30Z", "2026-11-22T10:05:00Z")]
    [InlineData("0 */5 * * * *", "2026-11-22T10:05:00Z", "2026-11-22T10:10:00Z")]
    [InlineData("0 */5 * * * *", "2026-11-22T10:04:59.999Z", "2026-11-22T10:05:00Z")]
    [InlineData("0 0 2 * * *", "2026-11-22T02:00:00Z", "2026-11-23T02:00:00Z")]
    [InlineData("30 59 23 31 12 *", "2026-12-31T23:59:30Z", "2027-12-31T23:59:30Z")]
    [InlineData("0 0 9 * * MON-FRI", "2026-11-20T09:00:00Z", "2026-11-23T09:00:00Z")]
    [InlineData("0 0 9 * JAN,jul 0", "2026-11-20T09:00:00Z", "2027-01-03T09:00:00Z")]
    [InlineData("0 0 0 31 * *", "2026-11-01T00:00:00Z", "2026-12-31T00:00:00Z")]
    [InlineData("0 0 0 29 2 *", "2096-02-29T00:00:00Z", "2104-02-29T00:00:00Z")]
    [InlineData("0 0 0 13 * FRI", "2026-11-13T00:00:00Z", "2027-08-13T00:00:00Z")]
    [InlineData("*/20 10/30 8-10/2 * * *", "2026-11-22T08:40:40Z", "2026-11-22T10:10:00Z")]
    [InlineData("0 0 22 * * *", "2026-11-22T23:30:00+09:00", "2026-11-22T22:00:00Z")]
    [InlineData("59 59 23 * * *", "2026-12-31T23:59:59Z", "2027-01-01T23:59:59Z")]
    public void The_next_tick_is_the_first_moment_after_now_that_matches_every_field(
        string expression, string now, string next) =>
            Assert.Equal(
                DateTimeOffset.Parse(next, null), Schedule.Parse(expression).Next(DateTimeOffset.Parse(now, null)));

    [Fact]
    public void The_30th_of_February_never_comes() =>
        Assert.Null(Schedule.Parse("0 0 0 30 2 *").Next(DateTimeOffset.UnixEpoch));

    [Theory]
    [InlineData("* * * * *", "6 components")]
    [InlineData(
        "0 0 24 * * *", "24 is higher than the maximum allowable value for the [Hour] field", "between 0 and 23")]
    [InlineData("0 0 0 0 * *", "0 is lower than the minimum allowable value for the [Day] field", "between 1 and 31")]
    [InlineData("0 0 0 * * 7", "7 is higher than the maximum allowable value for the [DayOfWeek] field")]
    [InlineData("0 0 9 * * MOON", "'MOON'", "[DayOfWeek]")]
    [InlineData("0 -1 * * * *", "'-1'", "[Minute]")]
    public void A_mistake_in_a_schedule_is_refused_and_named(string expression, params string[] named)
    {
        var refused = Assert.Throws<CrontabException>(() => Schedule.Parse(expression));
        Assert.All(named, part => Assert.Contains(part, refused.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_next_tick_is_what_counting_seconds_would_find(int seed)
    {
        var random = new Random(seed);
        string[] expressions = ["*/7 * * * * *", "0 3/11 * * * *", "15,45 0-30/10 */3 * * *", "5 4 3 * * 1,3",
            "0 0 0 1-7 * MON", "59 59 23 28-31 * *"];
        foreach (var expression in expressions)
        {
            var schedule = Schedule.Parse(expression);
            var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(random.Next(0, 86_400 * 365));
            var next = schedule.Next(at)!.Value;
            Assert.True(next > at);
            Assert.Equal(next, schedule.Next(next.AddSeconds(-1)));
            for (var i = 0; i < 500 && at.AddSeconds(i) < next; i++)
                Assert.Equal(next, schedule.Next(at.AddSeconds(i)));
        }
    }
}

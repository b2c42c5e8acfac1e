using Automation.Functions.Hosting;
using Automation.Functions.Local;

namespace Automation.Functions.Tests.Hosting;

public sealed class ScaledTimeTests
{
    private const int DayPerSecond = 86_400;
    private static readonly DateTimeOffset Begin = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);
    private readonly HandTime wall = new(Begin);

    [Fact]
    public void In_time_lapse_a_second_is_a_day()
    {
        var shop = new ScaledTime(Begin, DayPerSecond, wall);
        var stamp = shop.GetTimestamp();
        wall.Advance(TimeSpan.FromSeconds(90));
        Assert.Equal(Begin.AddDays(90), shop.GetUtcNow());
        Assert.Equal(TimeSpan.FromDays(90), shop.GetElapsedTime(stamp));
    }

    [Fact]
    public void A_timer_of_fourteen_days_rings_after_fourteen_seconds_and_never_before()
    {
        var shop = new ScaledTime(Begin, DayPerSecond, wall);
        DateTimeOffset? rang = null;
        using var timer = shop.CreateTimer(
            _ => rang = shop.GetUtcNow(), null, TimeSpan.FromDays(14), Timeout.InfiniteTimeSpan);
        wall.Advance(TimeSpan.FromSeconds(13.999));
        Assert.Null(rang);
        wall.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(Begin.AddDays(14), rang);
    }

    [Fact]
    public void A_wait_shorter_than_the_machine_can_tell_is_rounded_up()
    {
        var shop = new ScaledTime(Begin, DayPerSecond, wall);
        DateTimeOffset? rang = null;
        using var timer = shop.CreateTimer(
            _ => rang = shop.GetUtcNow(), null, TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan);
        wall.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(rang >= Begin.AddSeconds(10));
    }

    [Fact]
    public void A_period_goes_on_until_the_timer_is_changed_or_disposed()
    {
        var shop = new ScaledTime(Begin, DayPerSecond, wall);
        var rang = 0;
        var timer = shop.CreateTimer(_ => rang++, null, TimeSpan.FromDays(1), TimeSpan.FromDays(1));
        wall.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(3, rang);
        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        wall.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(3, rang);
        timer.Dispose();
    }

    [Fact]
    public void Waits_longer_than_a_real_timer_can_hold_are_possible()
    {
        var shop = new ScaledTime(Begin, 0.5, wall);
        var rang = false;
        using var timer = shop.CreateTimer(_ => rang = true, null, TimeSpan.FromDays(45), Timeout.InfiniteTimeSpan);
        wall.Advance(TimeSpan.FromDays(89.9));
        Assert.False(rang);
        wall.Advance(TimeSpan.FromDays(0.1));
        Assert.True(rang);
    }

    [Fact]
    public void A_restart_goes_on_where_the_time_lapse_would_be()
    {
        using var data = new TemporaryFolder();
        Assert.Equal(Begin, Clock.Open(data.Path, DayPerSecond, wall).GetUtcNow());
        wall.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(Begin.AddDays(10), Clock.Open(data.Path, DayPerSecond, wall).GetUtcNow());
    }

    [Fact]
    public void Time_never_runs_back_when_the_time_lapse_is_switched_off()
    {
        using var data = new TemporaryFolder();
        Clock.Open(data.Path, DayPerSecond, wall);
        wall.Advance(TimeSpan.FromSeconds(10));
        var ordinary = Clock.Open(data.Path, 1, wall);
        Assert.Equal(Begin.AddDays(10), ordinary.GetUtcNow());
        wall.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(Begin.AddDays(10).AddSeconds(10), ordinary.GetUtcNow());
        Assert.Equal(Begin.AddDays(10).AddSeconds(10), Clock.Open(data.Path, 1, wall).GetUtcNow());
    }

    [Fact]
    public void A_shop_that_never_saw_a_time_lapse_has_the_ordinary_clock()
    {
        using var data = new TemporaryFolder();
        Assert.Same(wall, Clock.Open(data.Path, 1, wall));
        Assert.Empty(Directory.EnumerateFiles(data.Path));
    }

    [Fact]
    public void A_time_lapse_forgotten_for_weeks_is_refused_with_advice()
    {
        using var data = new TemporaryFolder();
        Clock.Open(data.Path, DayPerSecond, wall);
        wall.Advance(TimeSpan.FromDays(40));
        var refused = Assert.Throws<SettingsException>(() => Clock.Open(data.Path, DayPerSecond, wall));
        Assert.Contains("Data:Folder", refused.Message, StringComparison.Ordinal);
    }
}

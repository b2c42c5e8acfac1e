using static Automation.DurableTask.Tests.History;

namespace Automation.DurableTask.Tests;

public class TimerTests
{
    [Fact]
    public void Ninety_days_are_thirty_timers_and_end_on_the_day_however_late_each_fires()
    {
        var history = Of(async context =>
        {
            await context.CreateTimer(TimeSpan.FromDays(90), CancellationToken.None);
            return context.CurrentUtcDateTime;
        });
        var answer = history.Turn();
        for (var timer = 0; timer < 29; timer++)
        {
            var due = history.LastResponse.Actions.Single().CreateTimer.FireAt.ToDateTime();
            Assert.Equal(history.Now + TimeSpan.FromDays(3), due);
            history.Now = due + TimeSpan.FromSeconds(1);
            answer = history.Turn(Fired(timer));
        }
        Assert.Equal("#29 timer 2026-04-05T10:00:00.0000000", answer);
        history.Now = Start + TimeSpan.FromDays(90);
        Assert.Equal("#30 Completed \"2026-04-05T10:00:00Z\"", history.Turn(Fired(29)));
    }

    [Theory]
    [InlineData(72, "#0 timer 2026-01-08T10:00:00.0000000")]
    [InlineData(73, "#0 timer 2026-01-08T10:00:00.0000000")]
    [InlineData(71, "#0 timer 2026-01-08T09:00:00.0000000")]
    [InlineData(-1, "#0 timer 2026-01-05T09:00:00.0000000")]
    public void Only_what_is_longer_than_three_days_is_cut(int hours, string expected) =>
        Assert.Equal(expected, Of(async context =>
        {
            await context.CreateTimer(TimeSpan.FromHours(hours), CancellationToken.None);
            return 0;
        }).Turn());

    [Fact]
    public void The_seven_day_timer_of_the_vectors_ends()
    {
        var history = new History(Orchestrators.Registry, "Long");
        history.Turn();
        history.TurnAfter(TimeSpan.FromDays(3), Fired(0));
        history.TurnAfter(TimeSpan.FromDays(3), Fired(1));
        Assert.Equal("#3 Completed \"done\"", history.TurnAfter(TimeSpan.FromDays(1), Fired(2)));
    }

    [Fact]
    public void A_long_timer_cancelled_in_its_second_segment_never_makes_a_third()
    {
        var history = Of(async context =>
        {
            using var noTimer = new CancellationTokenSource();
            var timer = context.CreateTimer(TimeSpan.FromDays(30), noTimer.Token);
            await Task.WhenAny(timer, context.WaitForExternalEvent<string>("Go"));
            noTimer.Cancel();
            await context.WaitForExternalEvent<string>("End");
            return timer.IsCanceled;
        });
        history.Turn();
        history.TurnAfter(TimeSpan.FromDays(3), Fired(0));
        Assert.Equal("", history.TurnAfter(TimeSpan.FromDays(1), Raised("Go")));
        Assert.Equal("", history.TurnAfter(TimeSpan.FromDays(2), Fired(1)));
        Assert.Equal("#2 Completed true", history.Turn(Raised("End")));
    }

    [Fact]
    public void A_timer_asked_for_with_a_cancelled_token_is_no_action() =>
        Assert.Equal("#0 Completed true", Of(context =>
            Task.FromResult(context.CreateTimer(TimeSpan.FromHours(1), new CancellationToken(canceled: true)).IsCanceled)).Turn());

    [Fact]
    public void Timers_the_host_adds_are_not_ours()
    {
        var history = new History(Orchestrators.Registry, "Flow", "\"in\"");
        history.Turn();
        history.Past.Insert(history.Past.Count - 1, new() { EventId = -100, TimerCreated = new() });
        Assert.Equal("", history.Turn(Fired(-100)));
    }
}

using static Automation.DurableTask.Tests.History;

namespace Automation.DurableTask.Tests;

public class EventTests
{
    [Fact]
    public void Events_that_came_early_are_claimed_in_the_order_they_came()
    {
        var history = new History(Orchestrators.Registry, "Buffered");
        history.Turn();
        Assert.Equal("#1 Completed \"1,2\"", history.Turn(Raised("x", "\"1\""), Raised("X", "\"2\""), Completed(0)));
    }

    [Fact]
    public void The_longest_waiter_is_served_first_and_a_waiter_who_left_is_not()
    {
        var history = Of(async context =>
        {
            using var left = new CancellationTokenSource();
            var waiters = Enumerable.Range(0, 3).Select(n => context.WaitForExternalEvent<string>("X", n == 0 ? left.Token : default)).ToArray();
            left.Cancel();
            return $"{waiters[0].IsCanceled} {await waiters[1]} {await waiters[2]}";
        });
        history.Turn();
        Assert.Equal("#0 Completed \"True a b\"", history.Turn(Raised("x", "\"a\""), Raised("x", "\"b\"")));
    }

    static async Task<string> UpToAnHour(TaskOrchestrationContext context)
    {
        try
        {
            return await context.WaitForExternalEvent<string>("Go", TimeSpan.FromHours(1));
        }
        catch (TaskCanceledException)
        {
            var late = context.WaitForExternalEvent<string>("Go");
            return $"too late, then {await late}";
        }
    }

    [Fact]
    public void An_event_waited_for_up_to_an_hour_comes_in_time_or_not()
    {
        var inTime = Of(UpToAnHour);
        Assert.Equal("#0 timer 2026-01-05T11:00:00.0000000", inTime.Turn());
        Assert.Equal("#1 Completed \"yes\"", inTime.Turn(Raised("go", "\"yes\"")));

        var tooLate = Of(UpToAnHour);
        tooLate.Turn();
        Assert.Equal("", tooLate.TurnAfter(TimeSpan.FromHours(1), Fired(0)));
        Assert.Equal("#1 Completed \"too late, then yes\"", tooLate.Turn(Raised("Go", "\"yes\"")));
    }

    [Fact]
    public void An_event_already_there_needs_no_timer()
    {
        var history = Of(async context =>
        {
            await context.CallActivityAsync("Step");
            return await UpToAnHour(context);
        });
        history.Turn(Raised("Go", "\"yes\""));
        Assert.Equal("#1 Completed \"yes\"", history.Turn(Completed(0)));
    }

    [Fact]
    public void An_event_without_content_is_nothing_and_one_that_does_not_fit_is_an_error()
    {
        Assert.Equal("#0 Completed 0", Of(context => context.WaitForExternalEvent<int>("X")).Turn(Raised("x")));
        Assert.Matches("^#0 Failed .* because System.Text.Json.JsonException", Of(context => context.WaitForExternalEvent<int>("X")).Turn(Raised("x", "\"word\"")));
    }

    static Func<TaskOrchestrationContext, Task<int>> Afresh(bool preserve) => async context =>
    {
        await context.CallActivityAsync("Step");
        await context.WaitForExternalEvent<string>("B");
        context.SendEvent("other", "Bye");
        context.ContinueAsNew(new { n = 2 }, preserve);
        return 0;
    };

    [Theory]
    [InlineData(true, " +A 1@00.000/-1 +C 3@00.000/-1 +A 4@00.000/-1 +B 5@00.000/-1")]
    [InlineData(false, " +B 5@00.000/-1")]
    public void Starting_afresh_takes_the_unclaimed_events_along_in_the_order_they_came(bool preserve, string carried)
    {
        var history = Of(Afresh(preserve));
        history.Turn(Raised("A", "1"));
        Assert.Equal($"#1 event to other Bye \n#2 ContinuedAsNew {{\"n\":2}}{carried}",
            history.Turn(Raised("B", "\"2\""), Raised("C", "3"), Raised("A", "4"), Completed(0), Raised("B", "5")));
    }

    [Fact]
    public void A_wait_left_behind_does_not_swallow_what_comes_for_the_next_execution()
    {
        var history = Of(async context =>
        {
            await Task.WhenAny(context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None), context.WaitForExternalEvent<string>("Heard"));
            context.ContinueAsNew(2);
            await context.CallActivityAsync("Tidy");
            return 0;
        });
        history.Turn();
        Assert.Equal("#1 activity Tidy [null]", history.Turn(Fired(0), Raised("Heard", "1")));
        Assert.Equal("#2 ContinuedAsNew 2 +Heard 1@00.000/-1 +Heard 2@00.000/-1", history.Turn(Completed(1), Raised("Heard", "2")));
    }

    [Fact]
    public void An_orchestrator_that_fails_does_not_start_afresh() =>
        Assert.StartsWith("#0 Failed", Of<string>(context =>
        {
            context.ContinueAsNew();
            throw new InvalidOperationException("no");
        }).Turn(), StringComparison.Ordinal);
}

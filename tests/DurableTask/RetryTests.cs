using static Automation.DurableTask.Tests.History;

namespace Automation.DurableTask.Tests;

public class RetryTests
{
    static readonly TimeSpan second = TimeSpan.FromSeconds(1);

    static History Calling(TaskOptions options) => Of(context => context.CallActivityAsync<string>("Step", "in", options));

    [Fact]
    public void After_the_last_attempt_the_failure_is_the_callers_and_no_timer_is_left()
    {
        var history = Calling(TaskOptions.FromRetryPolicy(new(3, 5 * second, 2)));
        Assert.Equal("#0 activity Step [\"in\"]", history.Turn());
        Assert.Equal("#1 timer 2026-01-05T10:00:05.0000000", history.Turn(Failed(0)));
        Assert.Equal("#2 activity Step [\"in\"]", history.TurnAfter(5 * second, Fired(1)));
        Assert.Equal("#3 timer 2026-01-05T10:00:15.0000000", history.Turn(Failed(2)));
        Assert.Equal("#4 activity Step [\"in\"]", history.TurnAfter(10 * second, Fired(3)));
        Assert.Equal("#5 Failed Task 'Step' (#4) failed with an unhandled exception: broken because Microsoft.DurableTask.TaskFailedException: Task 'Step' (#4) failed with an unhandled exception: broken because My.Error: broken",
            history.Turn(Failed(4)));
    }

    [Fact]
    public void A_later_attempt_that_works_is_the_result()
    {
        var history = Calling(TaskOptions.FromRetryPolicy(new(3, second)));
        history.Turn();
        history.Turn(Failed(0));
        history.TurnAfter(second, Fired(1));
        Assert.Equal("#3 Completed \"fine\"", history.Turn(Completed(2, "\"fine\"")));
    }

    [Fact]
    public void Once_the_retry_time_has_passed_there_is_no_further_attempt()
    {
        var history = Calling(TaskOptions.FromRetryPolicy(new(100, second, retryTimeout: 10 * second)));
        history.Turn();
        Assert.Equal("#1 timer 2026-01-05T10:00:10.9990000", history.TurnAfter(9.999 * second, Failed(0)));
        history.TurnAfter(second, Fired(1));
        Assert.StartsWith("#3 Failed", history.Turn(Failed(2)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(2, 30)]
    [InlineData(3, 60)]
    [InlineData(90, 60)]
    public void Pauses_grow_up_to_the_longest(int attempt, int seconds) =>
        Assert.Equal(seconds * second, new RetryPolicy(100, 10 * second, 3, 60 * second).PauseAfter(attempt, new("a", "b"), TimeSpan.Zero));

    [Fact]
    public void The_longest_pause_is_an_hour_where_nothing_else_is_said() =>
        Assert.Equal(TimeSpan.FromHours(1), new RetryPolicy(100, second, 10).PauseAfter(50, new("a", "b"), TimeSpan.Zero));

    [Fact]
    public void A_failure_the_policy_does_not_handle_is_final()
    {
        var policy = new RetryPolicy(3, second) { HandleFailure = failure => failure.ErrorType != "My.Error" };
        var history = Calling(TaskOptions.FromRetryPolicy(policy));
        history.Turn();
        Assert.StartsWith("#1 Failed", history.Turn(Failed(0)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_handler_decides_itself_and_may_wait()
    {
        var history = Calling(TaskOptions.FromRetryHandler(async retry =>
        {
            if (retry.LastAttemptNumber == 2) return false;
            await retry.OrchestrationContext.CreateTimer(7 * second, CancellationToken.None);
            return retry.LastFailure.ErrorType == "My.Error";
        }));
        history.Turn();
        Assert.Equal("#1 timer 2026-01-05T10:00:07.0000000", history.Turn(Failed(0)));
        Assert.Equal("#2 activity Step [\"in\"]", history.TurnAfter(7 * second, Fired(1)));
        Assert.StartsWith("#3 Failed", history.Turn(Failed(2)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_child_is_started_again_under_another_id()
    {
        var history = Of(context => context.CallSubOrchestratorAsync<string>("Child", null, TaskOptions.FromRetryPolicy(new(2, second))));
        history.Turn();
        var first = history.LastResponse.Actions[0].CreateSubOrchestration.InstanceId;
        history.Turn(ChildFailed(0));
        history.TurnAfter(second, Fired(1));
        Assert.NotEqual(first, history.LastResponse.Actions[0].CreateSubOrchestration.InstanceId);
        Assert.Equal("#3 Completed \"grown\"", history.Turn(ChildCompleted(2, "\"grown\"")));
    }

    [Fact]
    public void A_policy_that_makes_no_sense_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetryPolicy(0, second));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetryPolicy(1, TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetryPolicy(1, second, double.NaN));
    }
}

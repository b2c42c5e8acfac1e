using Automation.DurableTask.Wire;
using static Automation.DurableTask.Tests.History;

namespace Automation.DurableTask.Tests;

public class DeterminismTests
{
    const string Contradicted = "Failed  because DurableTask.Core.Exceptions.NonDeterministicOrchestrationException";

    static string Replay(HistoryEvent confirmed, Func<TaskOrchestrationContext, Task<string>> run)
    {
        var history = Of(run);
        history.Turn();
        history.Past.RemoveAll(e => e.EventId >= 0);
        history.Past.Insert(2, confirmed);
        return history.Turn();
    }

    static async Task<string> Talk(TaskOrchestrationContext context)
    {
        context.SendEvent("other", "Hello");
        return await context.WaitForExternalEvent<string>("Answer");
    }

    public static TheoryData<string> Contradictions => ["more", "other event", "other child", "activity for child", "timer for event"];

    [Theory, MemberData(nameof(Contradictions))]
    public void A_history_the_code_does_not_repeat_fails_the_instance_and_asks_for_nothing(string what)
    {
        var answer = what switch
        {
            "more" => Replay(new() { EventId = 7, TaskScheduled = new() { Name = "Step" } }, context => context.CallActivityAsync<string>("Step")),
            "other event" => Replay(new() { EventSent = new() { Name = "Goodbye" } }, Talk),
            "timer for event" => Replay(new() { TimerCreated = new() }, Talk),
            "other child" => Replay(new() { SubOrchestrationInstanceCreated = new() { Name = "Stranger" } }, context => context.CallSubOrchestratorAsync<string>("Child")),
            _ => Replay(new() { TaskScheduled = new() { Name = "Child" } }, context => context.CallSubOrchestratorAsync<string>("Child")),
        };
        Assert.Equal("#1 " + Contradicted, answer);
    }

    [Theory]
    [InlineData("Step", "")]
    [InlineData("STEP", "")]
    public void The_same_name_in_another_case_is_the_same(string name, string expected) =>
        Assert.Equal(expected, Replay(new() { TaskScheduled = new() { Name = name } }, context => context.CallActivityAsync<string>("Step")));

    [Fact]
    public void Code_that_now_ends_earlier_than_its_history_is_contradicted() =>
        Assert.Equal("#0 " + Contradicted, Replay(new() { TaskScheduled = new() { Name = "Step" } }, _ => Task.FromResult("early")));

    [Fact]
    public void An_action_confirmed_twice_is_contradicted()
    {
        var history = new History(Orchestrators.Registry, "Flow", "\"in\"");
        history.Turn();
        history.Past.Add(new() { TaskScheduled = new() { Name = "Step" } });
        Assert.Equal("#1 " + Contradicted, history.Turn());
    }

    [Fact]
    public void The_message_says_what_was_expected_and_what_came()
    {
        var history = Of(context => context.CallActivityAsync<string>("Step"));
        history.Turn();
        history.Past[2].TaskScheduled.Name = "Other";
        history.Turn();
        Assert.Contains("ScheduleTask #0 'Other', but the orchestrator now asked for ScheduleTask 'Step'", history.LastResponse.Actions[0].CompleteOrchestration.Result, StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_and_times_are_the_same_at_every_replay_and_differ_between_calls()
    {
        static async Task<string> Run(TaskOrchestrationContext context)
        {
            var (first, second) = (context.NewGuid(), context.NewGuid());
            await context.WaitForExternalEvent<string>("Go");
            return $"{first} {second} {context.NewGuid()} {context.CurrentUtcDateTime:o}";
        }
        string Play(bool inOneTurn)
        {
            var history = Of(Run);
            if (!inOneTurn) history.Turn();
            return history.Turn(Raised("Go"));
        }
        Assert.Equal(Play(inOneTurn: true), Play(inOneTurn: false));
        Assert.Equal(4, Play(inOneTurn: true).Split(' ')[2..].Distinct().Count());
    }

    [Fact]
    public void Replaying_is_what_already_happened()
    {
        List<bool> replaying = [];
        var history = Of(async context =>
        {
            replaying.Add(context.IsReplaying);
            await context.CallActivityAsync("Step");
            replaying.Add(context.IsReplaying);
            return "";
        });
        history.Turn();
        history.Turn(Completed(0));
        Assert.Equal([false, true, false], replaying);
    }
}

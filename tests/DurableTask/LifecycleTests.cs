using Automation.DurableTask.Replay;
using Automation.DurableTask.Wire;
using static Automation.DurableTask.Tests.History;

namespace Automation.DurableTask.Tests;

public class LifecycleTests
{
    static History Flow() => new(Orchestrators.Registry, "Flow", "\"in\"");

    [Fact]
    public void A_suspended_instance_hears_everything_when_it_resumes()
    {
        var history = Flow();
        history.Turn();
        Assert.Equal("", history.TurnAfter(TimeSpan.FromSeconds(3), Suspended));
        Assert.Equal("", history.TurnAfter(TimeSpan.FromSeconds(2), Completed(0, "\"r1\""), Raised("Go", "\"yes\"")));
        Assert.Equal("#1 timer 2026-01-05T11:00:09.0000000\n#2 Completed \"go:yes:r1\"", history.TurnAfter(TimeSpan.FromSeconds(4), Resumed));
    }

    [Fact]
    public void Actions_asked_for_before_a_suspension_in_the_same_turn_wait_for_the_resumption()
    {
        var history = Flow();
        Assert.Equal("", history.Turn(Suspended));
        Assert.Equal("", history.Turn(Raised("Go")));
        Assert.Equal("#0 activity Step [\"in\"]", history.Turn(Resumed));
    }

    [Fact]
    public void An_instance_suspended_before_it_began_begins_when_it_resumes()
    {
        var executor = new OrchestrationExecutor(Orchestrators.Registry, DataConverter.Default);
        var request = new OrchestratorRequest
        {
            InstanceId = "inst-1",
            NewEvents = { Suspended, new HistoryEvent { ExecutionStarted = new() { Name = "Flow", Input = "\"in\"" } } },
        };
        Assert.Equal("", Said.In(executor.Execute(request)));
        request.NewEvents.Add(Resumed);
        Assert.Equal("#0 activity Step [\"in\"]", Said.In(executor.Execute(request)));
    }

    [Fact]
    public void A_terminated_instance_says_so_and_nothing_else()
    {
        var history = Flow();
        history.Turn();
        Assert.Equal("#1 Terminated \"stop\"", history.Turn(Terminated, Completed(0, "\"r1\"")));
    }

    [Fact]
    public void The_status_is_repeated_in_every_answer_until_it_changes()
    {
        var history = Of(async context =>
        {
            context.SetCustomStatus("待機");
            await context.WaitForExternalEvent<int>("A");
            await context.WaitForExternalEvent<int>("B");
            context.SetCustomStatus(null);
            return 1;
        });
        Assert.Equal("status \"待機\"", history.Turn());
        Assert.Equal("status \"待機\"", history.Turn(Raised("A")));
        Assert.Equal("status \"待機\"", history.Turn(Suspended));
        Assert.Equal("#0 Completed 1", history.Turn(Resumed, Raised("B")));
    }

    [Theory]
    [InlineData(8190, "Completed 1")]
    [InlineData(8191, "Failed")]
    public void A_status_holds_sixteen_kilobytes_of_UTF_16(int characters, string expected) =>
        Assert.StartsWith("#0 " + expected, Of(context =>
        {
            context.SetCustomStatus(new string('あ', characters));
            return Task.FromResult(1);
        }).Turn(), StringComparison.Ordinal);

    [Fact]
    public void A_childs_own_id_is_another_in_the_next_execution_and_the_same_at_replay()
    {
        static Task<string> Run(TaskOrchestrationContext context) => context.CallSubOrchestratorAsync<string>("Child");
        var registry = new DurableTaskRegistry().AddOrchestratorFunc<object?, string>("Parent", (context, _) => Run(context));
        string Id(string execution)
        {
            var history = new History(registry, "Parent", execution: execution);
            history.Turn();
            return history.LastResponse.Actions[0].CreateSubOrchestration.InstanceId;
        }
        Assert.Equal(Id("e1"), Id("e1"));
        Assert.NotEqual(Id("e1"), Id("e2"));
    }

    [Fact]
    public void A_childs_result_is_the_callers()
    {
        var history = new History(Orchestrators.Registry, "Sub", "\"in\"");
        history.Turn();
        Assert.Equal("#1 Completed \"out\"", history.Turn(ChildCompleted(0, "\"out\"")));
    }

    [Fact]
    public void Three_answers_in_any_order_are_added_up()
    {
        var history = new History(Orchestrators.Registry, "Fan");
        history.Turn();
        Assert.Equal("", history.Turn(Completed(2, "30"), Completed(0, "10"), Completed(2, "99")));
        Assert.Equal("#3 Completed \"sum=60\"", history.Turn(Completed(1, "20")));
    }

    [Fact]
    public void An_answer_of_another_kind_answers_nothing()
    {
        var history = Flow();
        history.Turn();
        Assert.Equal("", history.Turn(Fired(0), ChildCompleted(0, "\"x\""), ChildFailed(0)));
        Assert.Equal("#1 timer 2026-01-05T11:00:00.0000000", history.Turn(Completed(0, "\"r1\"")));
    }

    [Fact]
    public void What_cannot_be_played_now_is_to_be_delivered_again()
    {
        var registry = new DurableTaskRegistry()
            .AddOrchestrator("Broken", () => throw new InvalidOperationException("no database"))
            .AddOrchestratorFunc<object?, int>("Full", (_, _) => throw new InsufficientMemoryException());
        static string? Reason(History history)
        {
            history.Turn();
            return TryAgainLater.Reason(history.LastResponse);
        }
        Assert.Contains("no database", Reason(new(registry, "Broken")), StringComparison.Ordinal);
        Assert.NotNull(Reason(new(registry, "Full")));
        Assert.NotNull(TryAgainLater.Reason(new OrchestrationExecutor(registry, DataConverter.Default).Execute(new() { InstanceId = "i", NewEvents = { Raised("X") } })));
        Assert.Null(Reason(Flow()));
        Assert.Null(Reason(new(Orchestrators.Registry, "Throw")));
    }

    [Fact]
    public void An_unknown_orchestrator_and_an_unreadable_input_fail_the_instance()
    {
        Assert.Equal("#0 Failed No orchestrator task named 'Nobody' was found. because OrchestratorTaskNotFound: No orchestrator task named 'Nobody' was found.",
            new History(Orchestrators.Registry, "Nobody").Turn());
        Assert.Matches("^#0 Failed .* because System.Text.Json.JsonException", new History(Orchestrators.Registry, "Loop", "{not json").Turn());
    }

    [Fact]
    public void A_failure_without_details_is_a_failure()
    {
        var history = new History(Orchestrators.Registry, "Catch", "\"in\"");
        history.Turn();
        Assert.Equal("#1 Completed \"|The task failed without details.\"", history.Turn(new HistoryEvent { TaskFailed = new() }));
    }

    [Fact]
    public void A_host_may_wrap_results_in_an_envelope_of_its_own()
    {
        var executor = new OrchestrationExecutor(Orchestrators.Registry, DataConverter.Default, result =>
            result == "bad" ? TaskOutcome.Failed(new("Shop.Closed", "closed")) : TaskOutcome.Completed(result));
        var history = new History(Orchestrators.Registry, "Catch", "\"in\"");
        history.Turn();
        history.Turn(Completed(0, "bad"));
        Assert.Equal("#1 Completed \"Shop.Closed|closed\"", Said.In(executor.Execute(history.LastRequest)));
    }

    [Fact]
    public void An_orchestration_knows_its_name_its_input_and_its_parent()
    {
        var registry = new DurableTaskRegistry().AddOrchestratorFunc<int, string>("Who", (context, input) =>
            Task.FromResult($"{context.Name} {context.InstanceId} {input} {context.GetInput<int>()} {context.Parent?.Name} {context.Parent?.InstanceId}"));
        var response = new OrchestrationExecutor(registry, DataConverter.Default).Execute(new()
        {
            InstanceId = "child-1",
            NewEvents = { new HistoryEvent { ExecutionStarted = new() { Name = "who", Input = "7", ParentInstance = new() { Name = "Mother", OrchestrationInstance = new() { InstanceId = "m-1" } } } } },
        });
        Assert.Equal("#0 Completed \"who child-1 7 7 Mother m-1\"", Said.In(response));
    }
}

using System.Collections.Concurrent;
using static Automation.DurableTask.Tests.History;

namespace Automation.DurableTask.Tests;

/// <summary>Orchestrators that wait for something that is not in their history.</summary>
public class StrayTests
{
    public static TheoryData<string> Ways => ["delay", "run", "yield", "continue", "own source", "context from another thread"];

    static async Task<string> Stray(TaskOrchestrationContext context, string way)
    {
        switch (way)
        {
            case "delay": await Task.Delay(TimeSpan.FromDays(1)); break;
            case "run": await Task.Run(static () => new TaskCompletionSource().Task); break;
            case "yield": await Task.Yield(); break;
            case "continue": await context.CallActivityAsync("Step").ContinueWith(_ => { }, TaskScheduler.Default); break;
            case "own source": await new TaskCompletionSource().Task; break;
            default: await Task.Factory.StartNew(() => context.CallActivityAsync("Step"), default, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap(); break;
        }
        return "never";
    }

    [Theory, MemberData(nameof(Ways))]
    public void Waiting_for_anything_else_fails_clearly_instead_of_hanging(string way)
    {
        var history = Of<string>(context => Stray(context, way));
        var answer = history.Turn();
        if (way == "continue") answer = history.Turn(Completed(0));
        Assert.Matches("^#[01] Failed The orchestrator 'Tested' (waits|left).* because System.InvalidOperationException", answer);
    }

    [Fact]
    public void Code_that_strays_after_the_turn_changes_nothing()
    {
        var late = new TaskCompletionSource();
        var history = Of(async context =>
        {
            await Task.WhenAny(late.Task, context.WaitForExternalEvent<string>("Go"));
            await context.CallActivityAsync("Step");
            return "";
        });
        Assert.Equal("", history.Turn());
        late.SetResult();
        Assert.Empty(history.LastResponse.Actions);
    }

    [Fact]
    public void A_token_cancelled_by_the_real_clock_harms_nobody_and_fails_the_turn()
    {
        using var source = new CancellationTokenSource();
        var history = Of(async context =>
        {
            var timer = context.CreateTimer(TimeSpan.FromHours(1), source.Token);
            var other = new Thread(source.Cancel);
            other.Start();
            other.Join();
            await timer;
            return "";
        });
        Assert.Matches("^#1 Failed .* because System.InvalidOperationException", history.Turn());
    }

    [Fact]
    public void Leaving_the_captured_context_on_durable_tasks_is_no_leaving()
    {
        var history = Of(async context =>
        {
            await context.CallActivityAsync("Step").ConfigureAwait(false);
            await Task.WhenAll(context.CallActivityAsync("A"), context.CallActivityAsync("B")).ConfigureAwait(false);
            return Environment.CurrentManagedThreadId;
        });
        history.Turn();
        history.Turn(Completed(0));
        Assert.Equal($"#3 Completed {Environment.CurrentManagedThreadId}", history.Turn(Completed(2), Completed(1)));
    }

    [Fact]
    public async Task The_callers_context_and_scheduler_do_not_reach_the_orchestrator()
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new Refusing());
        try
        {
            Assert.Equal("#0 activity Step [\"in\"]", new History(Orchestrators.Registry, "Flow", "\"in\"").Turn());
            Assert.IsType<Refusing>(SynchronizationContext.Current);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
        using var scheduler = new OwnThread();
        var answers = await Task.Factory.StartNew(() =>
        {
            var history = new History(Orchestrators.Registry, "Flow", "\"in\"");
            return history.Turn() + history.Turn(Completed(0, "\"r\""));
        }, default, TaskCreationOptions.None, scheduler);
        Assert.Equal("#0 activity Step [\"in\"]#1 timer 2026-01-05T11:00:00.0000000", answers);
    }

    sealed class Refusing : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => throw new InvalidOperationException("Posted.");
    }

    sealed class OwnThread : TaskScheduler, IDisposable
    {
        readonly BlockingCollection<Task> tasks = [];

        public OwnThread() => new Thread(() => { foreach (var task in tasks.GetConsumingEnumerable()) TryExecuteTask(task); }) { IsBackground = true }.Start();

        public void Dispose() => tasks.CompleteAdding();

        protected override void QueueTask(Task task) => tasks.Add(task);

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

        protected override IEnumerable<Task> GetScheduledTasks() => tasks;
    }
}

using Microsoft.Extensions.Logging;

namespace Automation.DurableTask.Tests.Embedded;

/// <summary>The machinery under an activity or a turn fails; the shop's own code is not to blame.</summary>
public sealed class TroubleTests : ILogger
{
    private readonly List<LogLevel> said = [];

    [Fact]
    public async Task A_delivery_that_fails_is_repeated_until_it_works()
    {
        var attempts = 0;
        var registry = Calling(new DurableTaskRegistry().AddActivity("Work", _ =>
            Interlocked.Increment(ref attempts) < 3 ? throw new IOException("no connection") : new Works()));
        using var hub = new HubInFolder(registry, log: this);
        var id = await hub.Begin("Call");
        await hub.Settle();
        Assert.Equal("worked", (await hub.See(id)).ReadOutputAs<string>());
        Assert.Equal([LogLevel.Warning, LogLevel.Warning], said);
    }

    [Fact]
    public async Task A_delivery_that_never_works_counts_as_failed_in_the_end()
    {
        var attempts = 0;
        var registry = Calling(new DurableTaskRegistry().AddActivity("Work", _ =>
        {
            attempts++;
            throw new IOException("no connection");
        }));
        using var hub = new HubInFolder(
            registry, new() { MaxRetries = 2, FirstRetryAfter = TimeSpan.FromMilliseconds(1) }, log: this);
        var id = await hub.Begin("Call");
        await hub.Settle();
        var seen = await hub.See(id);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, seen.RuntimeStatus);
        Assert.Equal(3, attempts);
        Assert.Equal("no connection", seen.FailureDetails!.InnerFailure!.ErrorMessage);
    }

    [Fact]
    public async Task A_turn_that_cannot_be_played_leaves_the_instance_as_it_was_and_is_tried_again()
    {
        var turns = 0;
        var registry = new DurableTaskRegistry().AddOrchestrator("Call", () =>
            Interlocked.Increment(ref turns) is 1 or 2 or 4 ? throw new IOException("no memory") : new Listens());
        using var hub = new HubInFolder(registry, log: this);
        var id = await hub.Begin("Call");
        await hub.Settle();
        await hub.Client.RaiseEventAsync(id, "word", "heard");
        await hub.Settle();
        Assert.Equal("heard", (await hub.See(id)).ReadOutputAs<string>());
        Assert.Equal(5, turns);
        Assert.Equal(3, said.Count);
    }

    [Fact]
    public async Task A_hub_stops_while_a_turn_with_an_answer_in_hand_waits_to_be_tried_again_and_the_next_one_ends_it()
    {
        var turns = 0;
        var registry = new DurableTaskRegistry()
            .AddActivity("Work", _ => new Works())
            .AddOrchestrator("Call",
                () => Interlocked.Increment(ref turns) is 2 or 3 ? throw new IOException("no memory") : new Calls());
        using var hub = new HubInFolder(registry, new() { FirstRetryAfter = TimeSpan.FromHours(1) }, log: this);
        var id = await hub.Begin("Call");
        Assert.True(SpinWait.SpinUntil(() => said.Count > 0, TimeSpan.FromSeconds(30)));
        await hub.Hub.StopAsync().WaitAsync(TimeSpan.FromSeconds(30));
        await hub.Restart();
        await hub.Settle();
        Assert.Equal("worked", (await hub.See(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Retries_an_orchestrator_asks_for_wait_on_its_own_clock_and_each_failure_is_said()
    {
        var attempts = 0;
        var registry = new DurableTaskRegistry()
            .AddActivityFunc<string, string>("Work", Task<string> (TaskActivityContext _, string _) =>
                ++attempts < 3 ? throw new InvalidOperationException("not yet") : Task.FromResult("worked"))
            .AddOrchestratorFunc<string, string>("Call", (context, _) => context.CallActivityAsync<string>("Work", null,
                new TaskOptions(new TaskRetryOptions(new RetryPolicy(3, TimeSpan.FromHours(1))))));
        using var hub = new HubInFolder(registry, log: this);
        var id = await hub.Begin("Call");
        await hub.PassAll();
        Assert.Equal("worked", (await hub.See(id)).ReadOutputAs<string>());
        Assert.Equal(HubInFolder.Monday.AddHours(2), hub.Time.GetUtcNow());
        Assert.Equal([LogLevel.Warning, LogLevel.Warning], said);
    }

    private static DurableTaskRegistry Calling(DurableTaskRegistry registry) => registry
        .AddOrchestratorFunc<string, string>("Call", (context, _) => context.CallActivityAsync<string>("Work"));

    private sealed class Calls : TaskOrchestrator<string, string>
    {
        public override Task<string> RunAsync(TaskOrchestrationContext context, string input) =>
            context.CallActivityAsync<string>("Work");
    }

    private sealed class Works : TaskActivity<string, string>
    {
        public override Task<string> RunAsync(TaskActivityContext context, string input) => Task.FromResult("worked");
    }

    private sealed class Listens : TaskOrchestrator<string, string>
    {
        public override Task<string> RunAsync(TaskOrchestrationContext context, string input) =>
            context.WaitForExternalEvent<string>("word");
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        lock (said) said.Add(logLevel);
    }
}

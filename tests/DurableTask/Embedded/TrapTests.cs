using System.Text.Json;
using System.Text.Json.Serialization;
using Automation.DurableTask.Embedded;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.Logging;

namespace Automation.DurableTask.Tests.Embedded;

/// <summary>What the SDK passes over in silence, or throws at whoever plays the turn.</summary>
public sealed partial class TrapTests : ILogger
{
    private readonly List<LogLevel> said = [];

    [JsonSerializable(typeof(string))]
    private sealed partial class Forgetful : JsonSerializerContext;

    [Fact]
    public void A_converter_that_cannot_write_a_call_is_refused_before_the_first_call()
    {
        var converter = new JsonDataConverter(new JsonSerializerOptions { TypeInfoResolver = Forgetful.Default });
        var refused = Assert.Throws<InvalidOperationException>(() => new TurnPlayer(new(), converter));
        Assert.Contains("[JsonSerializable(typeof(object[]))]", refused.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string> Ways => ["delay", "own source", "delay after an event", "delay after a timer"];

    private static async Task<string> Stray(TaskOrchestrationContext context, string way)
    {
        if (way.EndsWith("event", StringComparison.Ordinal)) await context.WaitForExternalEvent<string>("word");
        if (way.EndsWith("timer", StringComparison.Ordinal)) await context.CreateTimer(TimeSpan.FromDays(1), default);
        await (way == "own source" ? new TaskCompletionSource().Task : Task.Delay(TimeSpan.FromDays(1)));
        return "never";
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task Who_waits_for_what_can_never_come_is_ended_with_a_sentence(string way)
    {
        using var hub = new HubInFolder(new DurableTaskRegistry().AddOrchestratorFunc<string, string>("Stray", Stray));
        var id = await hub.Begin("Stray", way);
        await hub.Client.RaiseEventAsync(id, "word", "go");
        await hub.PassAll();
        var ended = await hub.See(id);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Equal("System.InvalidOperationException", ended.FailureDetails!.ErrorType);
        Assert.StartsWith(
            "The orchestrator 'Stray' waits for nothing that could ever come:",
            ended.FailureDetails.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_waits_for_a_word_a_child_or_its_resumption_waits_for_something()
    {
        var child = new SubOrchestrationOptions(instanceId: "child");
        var registry = Stories.Registry().AddOrchestratorFunc<string, string>("Twice", async (context, _) =>
            await context.CallSubOrchestratorAsync<string>("Listen", "", child) + "!");
        using var hub = new HubInFolder(registry);
        await hub.Begin("Twice", id: "parent");
        await hub.Begin("Listen", id: "suspended");
        await hub.Client.SuspendInstanceAsync("suspended");
        foreach (var id in (string[])["child", "suspended"])
        {
            await hub.Settle();
            await hub.Client.RaiseEventAsync(id, "word", "a");
            await hub.Settle();
            await hub.Client.RaiseEventAsync(id, "word", "b");
        }
        await hub.Client.ResumeInstanceAsync("suspended");
        await hub.Settle();
        Assert.Equal("ab!", (await hub.See("parent")).ReadOutputAs<string>());
        Assert.Equal("ab", (await hub.See("suspended")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_word_of_the_wrong_kind_is_tried_a_few_times_and_ends_its_instance_alone()
    {
        var thrice = new EmbeddedTaskHubOptions { MaxRetries = 3, FirstRetryAfter = TimeSpan.FromMilliseconds(1) };
        using var hub = new HubInFolder(Stories.Registry(), thrice, log: this);
        var (poisoned, other) = (await hub.Begin("Count", 0), await hub.Begin("Count", 0));
        await hub.Settle();
        await hub.Client.RaiseEventAsync(poisoned, "end", "no number");
        await hub.Client.RaiseEventAsync(other, "end", 7);
        await hub.Settle();
        var ended = await hub.See(poisoned);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Equal("System.Text.Json.JsonException", ended.FailureDetails!.ErrorType);
        Assert.Equal(7, (await hub.See(other)).ReadOutputAs<int>());
        Assert.Equal([LogLevel.Error, LogLevel.Error, LogLevel.Error, LogLevel.Error], said);
        await hub.Begin("Says", "free again", poisoned);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_read_counts_as_a_failed_attempt()
    {
        var calls = 0;
        var twice = TaskOptions.FromRetryPolicy(new RetryPolicy(2, TimeSpan.FromHours(1)));
        using var hub = new HubInFolder(new DurableTaskRegistry()
            .AddActivityFunc<string, string>("Word", (_, _) => Task.FromResult($"{++calls}"))
            .AddOrchestratorFunc<string, int>(
                "Number", (context, _) => context.CallActivityAsync<int>("Word", null, twice)));
        var id = await hub.Begin("Number");
        await hub.PassAll();
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await hub.See(id)).RuntimeStatus);
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task Words_nobody_waited_for_go_along_into_the_next_round_in_the_order_they_came()
    {
        var held = new TaskCompletionSource();
        using var hub = new HubInFolder(new DurableTaskRegistry()
            .AddActivityFunc<string, string>("Slow", async (_, _) => { await held.Task; return ""; })
            .AddOrchestratorFunc<string, string>("Rounds", async (context, heard) =>
            {
                if (heard.Length == 0) await context.CallActivityAsync<string>("Slow");
                if (heard.Length == 5) return heard;
                context.ContinueAsNew(heard + await context.WaitForExternalEvent<string>("word"));
                return "";
            }));
        var id = await hub.Begin("Rounds", "");
        foreach (var word in "abc") await hub.Client.RaiseEventAsync(id, "word", $"{word}");
        held.SetResult();
        foreach (var word in "de") await hub.Client.RaiseEventAsync(id, "Word", $"{word}");
        await hub.Settle();
        Assert.Equal("abcde", (await hub.See(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Who_is_ended_before_the_first_turn_calls_nobody()
    {
        var calls = 0;
        var registry = new DurableTaskRegistry()
            .AddActivityFunc<string, string>("Work", (_, _) => Task.FromResult($"{++calls}"))
            .AddOrchestratorFunc<string, string>("Call", (context, _) => context.CallActivityAsync<string>("Work"));
        using var hub = new HubInFolder(registry, start: false);
        var id = await hub.Begin("Call");
        await hub.Client.TerminateInstanceAsync(id, "enough");
        hub.Hub.Start();
        await hub.Settle();
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await hub.See(id)).RuntimeStatus);
        Assert.Equal(0, calls);
    }

    [Fact]
    public async Task What_the_hub_does_not_know_it_says_instead_of_leaving_it_out()
    {
        using var hub = new HubInFolder(Stories.Registry());
        var tagged = new StartOrchestrationOptions("t") { Tags = new Dictionary<string, string> { ["a"] = "b" } };
        var versioned = new StartOrchestrationOptions("v") { Version = new TaskVersion("2") };
        var once = new StartOrchestrationOptions("o").WithDedupeStatuses(OrchestrationRuntimeStatus.Completed);
        foreach (var options in (StartOrchestrationOptions[])[tagged, versioned, once])
            await Refused(() => hub.Client.ScheduleNewOrchestrationInstanceAsync("Says", "x", options));
        await Refused(() => hub.Client.TerminateInstanceAsync("x", new TerminateInstanceOptions(Recursive: true)));
        await Refused(() => hub.Client.PurgeInstanceAsync("x", new PurgeInstanceOptions(Recursive: true)));
        await Refused(() => hub.Client.RewindInstanceAsync("x", "why"));
        var live = new StartOrchestrationOptions("l")
            .WithDedupeStatuses(OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended);
        Assert.Equal("l", await hub.Client.ScheduleNewOrchestrationInstanceAsync("Says", "x", live));
    }

    private static Task<NotSupportedException> Refused(Func<Task> call) =>
        Assert.ThrowsAsync<NotSupportedException>(call);

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        lock (said) said.Add(logLevel);
    }
}

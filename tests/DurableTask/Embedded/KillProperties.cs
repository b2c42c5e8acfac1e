using Automation.DurableTask.Embedded;
using FsCheck;
using FsCheck.Fluent;

namespace Automation.DurableTask.Tests.Embedded;

/// <summary>Wherever a hub is killed, and how often: its instances end as they would have without it.</summary>
public sealed class KillProperties
{
    /// <summary>An orchestrator that uses everything, steered by what it hears.</summary>
    private static async Task<int> Wander(TaskOrchestrationContext context, int input)
    {
        var heard = input;
        for (var step = 0; step < 12; step++)
        {
            context.SetCustomStatus($"{step}: {heard} {context.NewGuid()}");
            heard += (heard % 6) switch
            {
                0 => await Add(context, heard),
                1 => (await Task.WhenAll(Add(context, 1), Add(context, 2))).Sum(),
                2 => await TickOrSilence(context),
                3 => await Risky(context),
                4 => await context.CallSubOrchestratorAsync<int>("Child", heard),
                _ => Tell(context),
            };
            if (heard <= 30) continue;
            context.ContinueAsNew(heard - 29);
            return 0;
        }
        return heard;
    }

    private static Task<int> Add(TaskOrchestrationContext context, int n) => context.CallActivityAsync<int>("Add", n);

    private static async Task<int> TickOrSilence(TaskOrchestrationContext context)
    {
        using var done = new CancellationTokenSource();
        var tick = context.WaitForExternalEvent<int>("Tick");
        var timer = context.CreateTimer(TimeSpan.FromDays(4), done.Token);
        var first = await Task.WhenAny(tick, timer);
        done.Cancel();
        return first == tick ? await tick : 1;
    }

    private static async Task<int> Risky(TaskOrchestrationContext context)
    {
        var twice = TaskOptions.FromRetryPolicy(new RetryPolicy(2, TimeSpan.FromHours(1)));
        try { return await context.CallActivityAsync<int>("Refuse", null, twice); }
        catch (TaskFailedException) { return 1; }
    }

    private static int Tell(TaskOrchestrationContext context)
    {
        context.SendEvent("listener", "Tick", 2);
        return 1;
    }

    private static readonly DurableTaskRegistry registry = new DurableTaskRegistry()
        .AddOrchestratorFunc<int, int>("Wander", Wander)
        .AddOrchestratorFunc<int, int>("Child", (context, n) => Add(context, n % 3))
        .AddActivityFunc<int, int>("Add", (_, n) => Task.FromResult(n % 5 + 1))
        .AddActivityFunc<object?, int>(
            "Refuse", (_, _) => Task.FromException<int>(new InvalidOperationException("no")));

    private static readonly EmbeddedTaskHubOptions options = new()
    {
        Retention = TimeSpan.FromDays(10_000),
        LongestSleep = TimeSpan.FromDays(40),
    };

    private static readonly Gen<int[]> steps = Gen.Choose(0, 19).ArrayOf(14);

    /// <summary>One happening; where asked, the hub is killed in the middle of what follows from it.</summary>
    private static async Task<HubInFolder> Happen(HubInFolder hub, int what, bool kill)
    {
        await (what switch
        {
            < 10 => hub.Client.RaiseEventAsync("wanderer", what % 2 == 0 ? "tick" : "Tick", what),
            10 => hub.Client.SuspendInstanceAsync("wanderer"),
            11 or 12 => hub.Client.ResumeInstanceAsync("wanderer"),
            _ => hub.Pass(TimeSpan.FromHours(what)),
        });
        if (kill)
        {
            var time = new VirtualTime(hub.Time.GetUtcNow());
            var after = new HubInFolder(registry, options, await hub.FilesAfterAKill(), time);
            hub.Dispose();
            hub = after;
        }
        await hub.Settle();
        return hub;
    }

    private static async Task<string> End(int[] steps, Predicate<int> killedAt)
    {
        var hub = new HubInFolder(registry, options);
        await hub.Begin("Wander", steps[0] % 6, "wanderer");
        await hub.Settle();
        for (var n = 0; n < steps.Length; n++) hub = await Happen(hub, steps[n], killedAt(n));
        await hub.Client.ResumeInstanceAsync("wanderer");
        await hub.Settle();
        for (var wait = 0; wait < 40 && hub.Hub.NextTimerDue is not null; wait++) await hub.Pass(TimeSpan.FromDays(4));
        var seen = await hub.See("wanderer");
        hub.Dispose();
        var why = seen.FailureDetails?.ErrorMessage;
        return $"{seen.RuntimeStatus} {seen.SerializedOutput} {seen.SerializedCustomStatus} {why}";
    }

    [Fact]
    public void A_killed_hub_ends_its_instances_as_one_that_was_not() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(15),
            Prop.ForAll(steps.ToArbitrary(), steps => Task.Run(() => Compare(steps)).GetAwaiter().GetResult()));

    private static async Task Compare(int[] steps)
    {
        var undisturbed = await End(steps, _ => false);
        Assert.DoesNotContain("Failed", undisturbed, StringComparison.Ordinal);
        Assert.Equal(undisturbed, await End(steps, n => n == steps[1] % steps.Length));
        Assert.Equal(undisturbed, await End(steps, n => n % 3 == 0));
    }
}

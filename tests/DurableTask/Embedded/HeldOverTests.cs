using System.Collections.Concurrent;
using System.Globalization;
using Automation.DurableTask.Embedded;

namespace Automation.DurableTask.Tests.Embedded;

/// <summary>A file written by the product of November 2026, which replayed histories with code of its own, as a kill
/// left it: instances asleep, listening, suspended, in a retry, with a child, with calls in hand and with words nobody
/// has heard yet. Beside it is how that product went on.</summary>
public sealed class HeldOverTests
{
    private readonly ConcurrentBag<string> diary = [];
    private VirtualTime time = null!;

    [Fact]
    public async Task A_held_over_file_ends_as_it_would_have()
    {
        var sql = await File.ReadAllTextAsync("fixtures/held-over.sql");
        time = new(DateTimeOffset.Parse(sql.AsSpan(3, 33), CultureInfo.InvariantCulture));
        var patient = new EmbeddedTaskHubOptions
        {
            Retention = TimeSpan.FromDays(1_000),
            LongestSleep = TimeSpan.FromDays(40),
        };
        using var hub = new HubInFolder(Registry(), patient, time: time, start: false);
        await hub.Database.Write(db => db.Execute(sql));
        await hub.Restart();
        await hub.PassAll();

        List<string> lines = [.. diary.Order(StringComparer.Ordinal)];
        await foreach (var one in hub.Client.GetAllInstancesAsync(new(FetchInputsAndOutputs: true)))
            lines.Add(
                $"{one.InstanceId} {one.RuntimeStatus} {one.SerializedOutput} {one.SerializedCustomStatus}".TrimEnd());
        Assert.Equal(await File.ReadAllLinesAsync("fixtures/held-over.txt"), lines);
    }

    private T Note<T>(string line, T answer)
    {
        diary.Add($"{time.GetUtcNow():MM-dd HH:mm:ss} {line}");
        return answer;
    }

    private DurableTaskRegistry Registry() => new DurableTaskRegistry()
        .AddActivityFunc<string, string>("Do", (context, what) =>
            Note($"{context.InstanceId} does {what}", Task.FromResult(what.ToUpperInvariant())))
        .AddActivityFunc<int, int>("Double", (context, n) =>
            Note($"{context.InstanceId} doubles {n}", Task.FromResult(n * 2)))
        .AddActivityFunc<string, string>("Refuse", (context, why) =>
            Note($"{context.InstanceId} refuses {why}", Task.FromException<string>(new InvalidOperationException(why))))
        .AddOrchestratorFunc<string, string>("Order", Order)
        .AddOrchestratorFunc<string, string>("Listen", async (context, _) =>
            await context.WaitForExternalEvent<string>("word") + await context.WaitForExternalEvent<string>("word"))
        .AddOrchestratorFunc<string, string>("Retry", Retry)
        .AddOrchestratorFunc<string, string>("Say", async (context, what) =>
        {
            await context.CreateTimer(TimeSpan.FromDays(2), default);
            return await context.CallActivityAsync<string>("Do", "say " + what);
        })
        .AddOrchestratorFunc<string, string>("Parent", async (context, what) =>
            await context.CallActivityAsync<string>("Do", what)
            + await context.CallSubOrchestratorAsync<string>("Say", what, Child(context, "child")))
        .AddOrchestratorFunc<int, string>("Fan", Fan)
        .AddOrchestratorFunc<int, string>("Sleep", async (context, days) =>
        {
            context.SetCustomStatus("asleep");
            await context.CreateTimer(TimeSpan.FromDays(days), default);
            return context.CurrentUtcDateTime.ToString("MM-dd HH:mm", null);
        })
        .AddOrchestratorFunc<int, string>("Loop", Loop);

    private static SubOrchestrationOptions Child(TaskOrchestrationContext context, string name) =>
        new(instanceId: $"{context.InstanceId}:{name}");

    private static async Task<string> Order(TaskOrchestrationContext context, string what)
    {
        context.SetCustomStatus(new { stage = "picking", id = context.NewGuid() });
        var picked = await context.CallActivityAsync<string>("Do", "pick " + what);
        var paid = await Heard(context, "paid", TimeSpan.FromDays(5));
        var again = await Heard(context, "again", TimeSpan.FromHours(1));
        var packed = await Task.WhenAll(
            context.CallSubOrchestratorAsync<string>("Say", "wrap", Child(context, "wrap")),
            context.CallActivityAsync<string>("Do", "label"));
        return $"{picked} {paid} {again} {string.Join(' ', packed)} {context.CurrentUtcDateTime:O}";
    }

    private static async Task<string> Retry(TaskOrchestrationContext context, string what)
    {
        var patiently = TaskOptions.FromRetryPolicy(new RetryPolicy(50, TimeSpan.FromMinutes(20), 2));
        try { return await context.CallActivityAsync<string>("Refuse", what, patiently); }
        catch (TaskFailedException failed) { return failed.FailureDetails.ErrorMessage; }
    }

    private static async Task<string> Fan(TaskOrchestrationContext context, int n)
    {
        var first = await Task.WhenAll(Enumerable.Range(0, n).Select(i => context.CallActivityAsync<int>("Double", i)));
        await context.CreateTimer(TimeSpan.FromDays(10), default);
        var second = await Task.WhenAll(first.Select(i => context.CallActivityAsync<int>("Double", i)));
        return string.Join(',', second) + " " + context.NewGuid();
    }

    private static async Task<string> Loop(TaskOrchestrationContext context, int n)
    {
        var ticked = await Heard(context, "tick", TimeSpan.FromDays(4));
        if (n > 20) return $"{n} {ticked}";
        await context.CallActivityAsync<int>("Double", n);
        context.ContinueAsNew(n + (ticked == "silence" ? 10 : int.Parse(ticked, CultureInfo.InvariantCulture)));
        return "";
    }

    private static async Task<string> Heard(TaskOrchestrationContext context, string name, TimeSpan within)
    {
        using var over = new CancellationTokenSource();
        var timer = context.CreateTimer(within, over.Token);
        var heard = context.WaitForExternalEvent<object>(name, over.Token);
        var first = await Task.WhenAny(timer, heard);
        over.Cancel();
        return first == timer ? "silence" : $"{await heard}";
    }
}

using System.Collections.Concurrent;
using Automation.Sqlite;

namespace Automation.DurableTask.Tests.Embedded;

/// <summary>The process ends at an arbitrary moment; the file says how it goes on.</summary>
public sealed class KillTests
{
    private readonly ConcurrentDictionary<string, int> done = new();

    private DurableTaskRegistry Registry() => new DurableTaskRegistry()
        .AddActivityFunc<string, string>("Do", (context, what) =>
        {
            done.AddOrUpdate($"{context.InstanceId}/{what}", 1, (_, times) => times + 1);
            return Task.FromResult(what.ToUpperInvariant());
        })
        .AddOrchestratorFunc<string, string>("Pack", (context, what) => context.CallActivityAsync<string>("Do", what))
        .AddOrchestratorFunc<string, string>("Order", async (context, _) =>
        {
            var picked = await context.CallActivityAsync<string>("Do", "pick");
            var paid = await Heard(context, TimeSpan.FromDays(5));
            var again = await Heard(context, TimeSpan.FromHours(1));
            var packed = await Task.WhenAll(context.CallSubOrchestratorAsync<string>("Pack", "wrap"),
                context.CallActivityAsync<string>("Do", "label"));
            return $"{picked} {paid} {again} {string.Join(' ', packed)}";
        });

    private static async Task<string> Heard(TaskOrchestrationContext context, TimeSpan within)
    {
        try { return await context.WaitForExternalEvent<string>("paid", within); }
        catch (OperationCanceledException) { return "silence"; }
    }

    [Fact]
    public async Task Whatever_was_accepted_before_a_kill_is_done_after_it_and_nothing_is_heard_twice()
    {
        using var hub = new HubInFolder(Registry(), new() { MaxConcurrentActivities = 8 });
        ConcurrentDictionary<string, bool> started = new(), paid = new();
        ConcurrentBag<(string[] Started, string[] Paid, string Folder)> kills = [];
        await Task.WhenAll(Enumerable.Range(0, 6).Select(worker => Task.Run(async () =>
        {
            var random = new Random(worker);
            for (var i = worker; i < 360; i += 6)
            {
                var id = await hub.Begin("Order", id: $"order-{i}");
                started[id] = true;
                if (random.Next(4) > 0)
                {
                    await hub.Client.RaiseEventAsync(id, "paid", $"paid{i}");
                    paid[id] = true;
                }
                if (random.Next(18) == 0) kills.Add(([.. started.Keys], [.. paid.Keys], await hub.FilesAfterAKill()));
            }
        })));
        await hub.Settle();
        Assert.InRange(kills.Count, 10, 40);
        foreach (var kill in kills) await GoesOnAfter(kill.Folder, kill.Started, kill.Paid);
    }

    private async Task GoesOnAfter(string folder, string[] started, string[] paid)
    {
        using var hub = new HubInFolder(Registry(), new() { Retention = TimeSpan.FromDays(30) }, folder);
        await hub.PassAll();
        await foreach (var order in hub.Client.GetAllInstancesAsync(new(FetchInputsAndOutputs: true)))
            Assert.True(order.IsCompleted, $"{order.InstanceId} is {order.RuntimeStatus}");
        foreach (var id in started)
        {
            var number = id["order-".Length..];
            var output = (await hub.See(id)).ReadOutputAs<string>();
            if (paid.Contains(id)) Assert.Equal($"PICK paid{number} silence WRAP LABEL", output);
            else Assert.Contains(
                output, new[] { $"PICK paid{number} silence WRAP LABEL", "PICK silence silence WRAP LABEL" });
            Assert.True(done.ContainsKey($"{id}/pick") && done.ContainsKey($"{id}/label"));
        }
    }

    [Fact]
    public async Task A_start_and_the_write_before_it_are_on_disk_together_or_not_at_all()
    {
        using var hub = new HubInFolder(Registry(), new() { MaxConcurrentOrchestrations = 1 });
        await hub.Database.Write(db => db.Execute("CREATE TABLE Notes(id TEXT PRIMARY KEY)"));
        ConcurrentDictionary<string, bool> accepted = new();
        ConcurrentBag<(string[] Accepted, string Folder)> kills = [];
        await Task.WhenAll(Enumerable.Range(0, 6).Select(worker => Task.Run(async () =>
        {
            var random = new Random(worker);
            for (var i = worker; i < 240; i += 6)
            {
                var id = $"order-{i}";
                Assert.True(await hub.Hub.StartTogether("Order", null, id, db => Note(db, id), () =>
                    Assert.False(done.ContainsKey($"{id}/pick"), "it ran before it was on disk")));
                accepted[id] = true;
                if (random.Next(15) == 0) kills.Add(([.. accepted.Keys], await hub.FilesAfterAKill()));
            }
        })));
        await hub.Settle();
        Assert.InRange(kills.Count, 5, 40);
        foreach (var kill in kills)
        {
            using var left = new HubInFolder(Registry(), folder: kill.Folder, start: false);
            var notes = Names(left.Database, "SELECT id FROM Notes ORDER BY id");
            Assert.Equal(notes, Names(left.Database, "SELECT id FROM DurableInstances ORDER BY id"));
            Assert.All(kill.Accepted, id => Assert.Contains(id, notes));
        }
    }

    private static bool Note(SqliteConnection db, string id) =>
        db.Prepare("INSERT INTO Notes VALUES(?1) ON CONFLICT DO NOTHING").Bind(1, id).Run() > 0;

    private static string[] Names(SqliteDatabase database, string sql) => database.Read(db =>
    {
        using var select = db.Prepare(sql);
        var names = new List<string>();
        while (select.Step()) names.Add(select.Text(0));
        return names.ToArray();
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_refused_write_starts_nothing_and_one_for_a_live_instance_is_done_alone(bool started)
    {
        using var hub = new HubInFolder(Registry(), start: started);
        await hub.Database.Write(db => db.Execute("CREATE TABLE Notes(id TEXT PRIMARY KEY)"));
        var written = 0;
        await hub.Begin("Order", id: "alive");
        Assert.True(await hub.Hub.StartTogether("Pack", "x", "alive", db => Note(db, "alive"), () => written++));
        Assert.True(await hub.Hub.StartTogether("Pack", "x", "new", db => Note(db, "new"), () => written++));
        Assert.False(await hub.Hub.StartTogether("Pack", "x", "other", db => Note(db, "new"), () => written++));
        await Assert.ThrowsAsync<InvalidOperationException>(() => hub.Hub.StartTogether(
            "Pack", "x", "broken", _ => throw new InvalidOperationException(), () => written++));
        await hub.Settle();
        Assert.Equal(2, written);
        Assert.Equal(["alive", "new"], Names(hub.Database, "SELECT id FROM Notes ORDER BY id"));
        Assert.Equal(["alive", "new"], Names(hub.Database, "SELECT id FROM DurableInstances ORDER BY id"));
        Assert.Equal("Order", (await hub.See("alive")).Name);
    }

    [Fact]
    public async Task Activities_cut_off_in_the_middle_run_again()
    {
        var held = new TaskCompletionSource();
        var runs = 0;
        DurableTaskRegistry Slow() => new DurableTaskRegistry()
            .AddActivityFunc<int, int>("Slow", async (context, n) =>
            {
                if (Interlocked.Increment(ref runs) <= 3) await held.Task;
                return n;
            })
            .AddOrchestratorFunc<int, int>("Three", async (context, _) =>
                (await Task.WhenAll(
                    Enumerable.Range(1, 3).Select(n => context.CallActivityAsync<int>("Slow", n)))).Sum());

        using var hub = new HubInFolder(Slow());
        var id = await hub.Begin("Three");
        using var after = new HubInFolder(Slow(), folder: await hub.FilesAfterAKill(), start: false);
        SpinWait.SpinUntil(() => Volatile.Read(ref runs) == 3, TimeSpan.FromSeconds(30));
        after.Hub.Start();
        await after.Settle();
        Assert.Equal(6, (await after.See(id)).ReadOutputAs<int>());
        Assert.Equal(6, runs);
        held.SetResult();
        await hub.Settle();
        Assert.Equal(6, (await hub.See(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task A_word_accepted_and_not_yet_heard_is_heard_after_the_restart()
    {
        using var hub = new HubInFolder(Stories.Registry());
        var id = await hub.Begin("Listen");
        await hub.Settle();
        await hub.Hub.StopAsync();
        await hub.Client.RaiseEventAsync(id, "word", "a");
        await hub.Client.RaiseEventAsync(id, "word", "b");
        await hub.Restart();
        await hub.Settle();
        Assert.Equal("ab", (await hub.See(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Stopping_in_good_order_waits_for_what_runs_and_repeats_nothing()
    {
        using var hub = new HubInFolder(Registry());
        for (var i = 0; i < 50; i++) await hub.Begin("Order", id: $"o{i}");
        await hub.Restart();
        await hub.PassAll();
        Assert.All(done, one => Assert.Equal(1, one.Value));
        Assert.Equal(150, done.Count);
    }
}

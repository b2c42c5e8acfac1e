namespace Automation.DurableTask.Tests.Embedded;

/// <summary>What is kept, how long, and how much room it takes.</summary>
public sealed class UpkeepTests
{
    private static readonly string Input = new('x', 78);

    private static DurableTaskRegistry Registry() => new DurableTaskRegistry()
        .AddActivityFunc<string, string>("Advance", (_, _) => Task.FromResult(
            "waits until 2026-02-04T10:00:00Z, step 3"))
        .AddOrchestratorFunc<string, string>("Says", async (context, word) => await context.CallActivityAsync<string>(
            "Advance", word))
        .AddOrchestratorFunc<string, string>("Breaks",
            Task<string> (TaskOrchestrationContext _, string word) => throw new InvalidOperationException(word))
        .AddOrchestratorFunc<string, string>("Journey", async (context, input) =>
        {
            await context.CallActivityAsync<string>("Advance", input);
            await context.CreateTimer(TimeSpan.FromDays(2), default);
            return input;
        });

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    public async Task Who_sleeps_wakes_within_a_minute_of_the_wall_however_the_clock_is_put(int days)
    {
        using var hub = new HubInFolder(Registry());
        await hub.Begin("Journey", Input, "sleeper");
        await hub.Settle();
        var due = HubInFolder.Monday.AddDays(2);
        hub.Time.PutForward(TimeSpan.FromDays(days));
        await hub.Pass(TimeSpan.FromMinutes(1));
        if (due > hub.Time.GetUtcNow()) await hub.Pass(due - hub.Time.GetUtcNow());
        Assert.Equal(1, await Count(hub, new(Statuses: [OrchestrationRuntimeStatus.Completed])));
    }

    [Fact]
    public async Task Ten_thousand_who_wait_take_little_room_on_disk_and_none_in_memory()
    {
        using var hub = new HubInFolder(Registry());
        await hub.Begin("Journey", Input, "first");
        await hub.Settle();
        var (bytes, memory) = (hub.Bytes(), GC.GetTotalMemory(forceFullCollection: true));
        await Task.WhenAll(Enumerable.Range(0, 10).Select(w => Task.Run(async () =>
        {
            for (var i = 0; i < 1_000; i++)
                await hub.Begin("Journey", Input, $"second-purchase/0123456789abcdef/{w:00}/{i:00000000}");
        })));
        await hub.Settle();
        Assert.InRange((hub.Bytes() - bytes) / 10_000, 100, 600);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - memory, long.MinValue, 3_000_000);

        await hub.Restart();
        await hub.Settle();
        await hub.Pass(TimeSpan.FromDays(2));
        Assert.Null(hub.Hub.NextTimerDue);
        Assert.Equal(
            10_001, await Count(hub, new(Statuses: [OrchestrationRuntimeStatus.Completed]) { PageSize = 1_000 }));
    }

    [Fact]
    public async Task The_finished_are_forgotten_after_a_day()
    {
        using var hub = new HubInFolder(Registry());
        var (said, broken) = (await hub.Begin("Says", "x"), await hub.Begin("Breaks", "y"));
        var asleep = await hub.Begin("Journey", "z");
        await hub.Pass(TimeSpan.FromHours(23));
        Assert.NotNull(await hub.See(said));
        await hub.Pass(TimeSpan.FromMinutes(62));
        Assert.Null(await hub.See(said));
        Assert.Null(await hub.See(broken));
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await hub.See(asleep)).RuntimeStatus);
    }

    [Fact]
    public async Task The_finished_keep_no_history()
    {
        using var hub = new HubInFolder(Registry());
        var registry = await hub.Begin("Says", "word");
        await hub.Settle();
        var kept = hub.Database.Read(db =>
        {
            using var row = db.Prepare("SELECT length(history) FROM DurableInstances");
            row.Step();
            return row.Int32(0);
        });
        Assert.InRange(kept, 1, 80);
        Assert.Equal("word", (await hub.See(registry)).ReadInputAs<string>());
    }

    [Fact]
    public async Task Only_the_finished_can_be_purged()
    {
        using var hub = new HubInFolder(Registry());
        await hub.Begin("Says", "x", "said");
        await hub.Begin("Breaks", "x", "broken");
        await hub.Begin("Journey", "x", "asleep");
        await hub.Settle();
        Assert.Equal(1, (await hub.Client.PurgeInstanceAsync("said")).PurgedInstanceCount);
        Assert.Equal(0, (await hub.Client.PurgeInstanceAsync("asleep")).PurgedInstanceCount);
        Assert.Equal(0, (await hub.Client.PurgeAllInstancesAsync(
            new(Statuses: [OrchestrationRuntimeStatus.Running]))).PurgedInstanceCount);
        Assert.Equal(0, (await hub.Client.PurgeAllInstancesAsync(
            new(CreatedFrom: HubInFolder.Monday.AddDays(1)))).PurgedInstanceCount);
        Assert.Equal(1, (await hub.Client.PurgeAllInstancesAsync(new())).PurgedInstanceCount);
        Assert.Equal(1, await Count(hub, new()));
    }

    [Fact]
    public async Task Instances_are_found_by_status_beginning_of_the_name_and_day()
    {
        using var hub = new HubInFolder(Registry());
        for (var i = 0; i < 7; i++) await hub.Begin("Journey", "x", $"a/{i}");
        await hub.Pass(TimeSpan.FromDays(1));
        for (var i = 0; i < 5; i++) await hub.Begin("Says", "x", $"b/{i}");
        await hub.Begin("Breaks", "why", "b/broken");
        await hub.Settle();
        Assert.Equal(13, await Count(hub, new() { PageSize = 4 }));
        Assert.Equal(7, await Count(hub, new(InstanceIdPrefix: "a/") { PageSize = 3 }));
        Assert.Equal(6, await Count(hub, new(CreatedFrom: HubInFolder.Monday.AddHours(1))));
        Assert.Equal(7, await Count(hub, new(CreatedTo: HubInFolder.Monday.AddHours(1))));
        Assert.Equal(5, await Count(hub, new(Statuses: [OrchestrationRuntimeStatus.Completed], InstanceIdPrefix: "b")));
        Assert.Equal("why", (await hub.See("b/broken")).FailureDetails!.ErrorMessage);
    }

    private static async Task<int> Count(HubInFolder hub, OrchestrationQuery query)
    {
        var count = 0;
        await foreach (var _ in hub.Client.GetAllInstancesAsync(query)) count++;
        return count;
    }
}

using static Automation.DurableTask.Tests.Embedded.Stories;

namespace Automation.DurableTask.Tests.Embedded;

/// <summary>Steps, sleep and events.</summary>
public sealed class EmbeddedTaskHubTests
{
    [Fact]
    public async Task Steps_run_one_after_the_other()
    {
        using var hub = new HubInFolder(Registry());
        var id = await hub.Begin("Chain", 5);
        await hub.Settle();
        var seen = await hub.See(id);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, seen.RuntimeStatus);
        Assert.Equal(40, seen.ReadOutputAs<int>());
        Assert.Equal(5, seen.ReadInputAs<int>());
    }

    [Fact]
    public async Task Many_activities_run_side_by_side_and_all_are_counted()
    {
        using var hub = new HubInFolder(Registry());
        var id = await hub.Begin("FanOut", 200);
        await hub.Settle();
        Assert.Equal(199 * 200, (await hub.See(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Timers_fire_when_the_clock_says_so_and_not_before()
    {
        using var hub = new HubInFolder(Registry());
        var id = await hub.Begin("Sleep", 2);
        await hub.Settle();
        Assert.Equal(HubInFolder.Monday.AddDays(2), hub.Hub.NextTimerDue);
        await hub.Pass(TimeSpan.FromDays(2) - TimeSpan.FromMilliseconds(1));
        var asleep = await hub.See(id);
        Assert.Equal(OrchestrationRuntimeStatus.Running, asleep.RuntimeStatus);
        Assert.Equal("asleep", asleep.ReadCustomStatusAs<string>());
        await hub.Pass(TimeSpan.FromMilliseconds(1));
        Assert.Equal("01-07 10:00", (await hub.See(id)).ReadOutputAs<string>());
        Assert.Null(hub.Hub.NextTimerDue);
    }

    [Fact]
    public async Task A_ninety_day_sleep_ends_on_the_day()
    {
        using var hub = new HubInFolder(Registry());
        var id = await hub.Begin("Sleep", 90);
        await hub.PassAll();
        Assert.Equal("04-05 10:00", (await hub.See(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_jump_of_the_clock_wakes_everybody_who_is_due()
    {
        using var hub = new HubInFolder(Registry());
        for (var day = 1; day <= 3; day++)
            for (var i = 0; i < 20; i++) await hub.Begin("Sleep", day, $"{day}-{i}");
        await hub.Pass(TimeSpan.FromDays(2));
        List<string> awake = [];
        await foreach (var done in hub.Client.GetAllInstancesAsync(
            new(Statuses: [OrchestrationRuntimeStatus.Completed]))) awake.Add(done.InstanceId);
        Assert.Equal(40, awake.Count);
        Assert.DoesNotContain(awake, id => id.StartsWith('3'));
    }

    [Fact]
    public async Task A_start_for_later_waits_for_its_moment()
    {
        using var hub = new HubInFolder(Registry());
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync(
            "Says", "late", new StartOrchestrationOptions(StartAt: HubInFolder.Monday.AddDays(1)));
        await hub.Pass(TimeSpan.FromHours(23));
        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await hub.See(id)).RuntimeStatus);
        await hub.PassAll();
        Assert.Equal("late!", (await hub.See(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Events_are_heard_before_and_after_somebody_listens_and_twice_is_two()
    {
        using var hub = new HubInFolder(Registry());
        var id = await hub.Begin("Listen");
        await hub.Client.RaiseEventAsync(id, "word", "a");
        await hub.Client.RaiseEventAsync(id, "word", "a");
        await hub.Settle();
        Assert.Equal("aa", (await hub.See(id)).ReadOutputAs<string>());

        using var notStarted = new HubInFolder(Registry(), start: false);
        await notStarted.Begin("Listen", id: "early");
        await notStarted.Client.RaiseEventAsync("early", "word", "b");
        await notStarted.Client.RaiseEventAsync("early", "WORD", "c");
        notStarted.Hub.Start();
        await notStarted.Settle();
        Assert.Equal("bc", (await notStarted.See("early")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Words_to_the_finished_and_the_unknown_are_dropped()
    {
        using var hub = new HubInFolder(Registry());
        var id = await hub.Begin("Says", "x");
        await hub.Settle();
        await hub.Client.RaiseEventAsync(id, "word", "a");
        await hub.Client.RaiseEventAsync("nobody", "word", "a");
        await hub.Client.TerminateInstanceAsync(id);
        await hub.Settle();
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await hub.See(id)).RuntimeStatus);
        Assert.Equal(0, hub.Database.Read(db =>
        {
            using var rows = db.Prepare("SELECT count(*) FROM DurableMessages");
            rows.Step();
            return rows.Int32(0);
        }));
    }

    [Fact]
    public async Task A_thousand_generations_take_no_more_room_than_one()
    {
        using var hub = new HubInFolder(Registry());
        var id = await hub.Begin("Count", 10);
        await hub.Settle();
        var few = hub.Bytes();
        await hub.Client.RaiseEventAsync(id, "end", 7);
        await hub.Settle();
        Assert.Equal(7, (await hub.See(id)).ReadOutputAs<int>());
        id = await hub.Begin("Count", 1_000);
        await hub.Client.RaiseEventAsync(id, "end", 8);
        await hub.Settle();
        Assert.Equal(8, (await hub.See(id)).ReadOutputAs<int>());
        Assert.InRange(hub.Bytes(), 0, few + 4096);
    }

    [Fact]
    public async Task Little_room_in_memory_makes_it_slower_and_loses_nothing()
    {
        using var hub = new HubInFolder(Registry(), new() { MaxInstancesInMemory = 4, MaxConcurrentActivities = 2 });
        await Task.WhenAll(Enumerable.Range(0, 300)
            .Select(i => Task.Run(() => hub.Begin(i % 2 == 0 ? "Chain" : "Sleep", 1, $"i{i}"))));
        await hub.PassAll();
        var done = 0;
        await foreach (var _ in hub.Client.GetAllInstancesAsync(
            new(Statuses: [OrchestrationRuntimeStatus.Completed]))) done++;
        Assert.Equal(300, done);
    }

    [Fact]
    public async Task Little_room_in_memory_drops_no_word_either()
    {
        using var hub = new HubInFolder(Registry(), new() { MaxInstancesInMemory = 3 });
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(async () =>
        {
            await hub.Begin("Listen", id: $"i{i}");
            await hub.Client.RaiseEventAsync($"i{i}", "word", "a");
            await hub.Client.RaiseEventAsync($"i{i}", "word", "b");
        })));
        await hub.Settle();
        await foreach (var one in hub.Client.GetAllInstancesAsync(new(FetchInputsAndOutputs: true)))
            Assert.Equal("\"ab\"", one.SerializedOutput);
    }
}

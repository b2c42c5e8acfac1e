using Automation.Functions.Health;
using Automation.Functions.Journeys;
using Automation.Functions.Tests.Hosting;
using Automation.Marketing;
using Automation.Sqlite;
using Automation.Storage.Sqlite;

namespace Automation.Functions.Tests.Health;

/// <summary>An app that takes webhooks and works nothing off does not look well for long.</summary>
public sealed class PulseTests : IAsyncLifetime
{
    private readonly HandTime wall = new();
    private readonly string folder = Directory.CreateTempSubdirectory("pulse-").FullName;
    private readonly SqliteDatabase database;
    private readonly Tables tables;

    public PulseTests()
    {
        database = SqliteDatabase.Open(Path.Combine(folder, "pulse.db"), new() { Durable = false });
        tables = new Tables(new SqliteTableService(database), new SqliteQueueService(database, wall));
    }

    public Task InitializeAsync() => tables.Create();

    [Fact]
    public async Task What_never_arrived_is_missed_once_a_started_process_has_had_its_minutes()
    {
        var pulse = Process();
        Assert.Null(await pulse.Missed(default));
        wall.Advance(Pulse.Grace);
        Assert.Contains("nothing has worked them off so far", await pulse.Missed(default));
        Assert.Null(await Process().Missed(default));
    }

    [Fact]
    public async Task What_arrived_is_good_until_two_are_missing_and_good_again_with_the_next()
    {
        var pulse = Process();
        await Arrive();
        wall.Advance(Pulse.Late - TimeSpan.FromSeconds(1));
        Assert.Null(await pulse.Missed(default));
        wall.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("since 2026-11-22 00:00Z", await pulse.Missed(default));
        await Arrive();
        Assert.Null(await pulse.Missed(default));
    }

    [Fact]
    public async Task A_message_goes_by_the_queue_and_on_one_machine_none_does()
    {
        await Process().Send(default);
        var message = Assert.Single(await tables.AlarmQueue.Receive(2, TimeSpan.FromMinutes(1)));
        Assert.IsType<AlarmMessage.Pulse>(AlarmMessage.Read(message.Body));
        await tables.AlarmQueue.Delete(message.Id, message.Receipt);
        var alone = new Pulse(tables, new(), wall);
        await alone.Send(default);
        Assert.Equal(0, await tables.AlarmQueue.ApproximateCount());
        wall.Advance(Pulse.Grace);
        Assert.Null(await alone.Missed(default));
    }

    private Pulse Process() => new(tables, new() { IsSingleProcess = false }, wall);

    private async Task Arrive()
    {
        using var hub = new Automation.DurableTask.Embedded.EmbeddedTaskHub(
            database, new(), environment: new() { Clock = wall });
        await Process().Arrive(hub.Client, default);
    }

    public Task DisposeAsync()
    {
        database.Dispose();
        Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }
}

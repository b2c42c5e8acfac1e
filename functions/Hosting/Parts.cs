using Automation.DurableTask;
using Automation.DurableTask.Embedded;
using Automation.Marketing;
using Automation.Sqlite;
using Automation.Storage;
using Automation.Storage.Sqlite;

namespace Automation.Functions.Hosting;

/// <summary>Everything the functions are made of, built once from the settings.</summary>
public sealed class Parts : IAsyncDisposable
{
    public required Settings Settings { get; init; }
    public required ILoggerFactory Logs { get; init; }

    /// <summary>The shop's time.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The time on the wall: leases, rushes.</summary>
    public required TimeProvider Wall { get; init; }
    public required SqliteDatabase Database { get; init; }
    public required Tables Tables { get; init; }

    /// <summary>What the task hub runs; filled from the table of functions before the hub starts.</summary>
    public required DurableTaskRegistry Durable { get; init; }
    public required EmbeddedTaskHub Hub { get; init; }
    public required Rush Rush { get; init; }
    public required string ApiKey { get; init; }

    /// <summary>Opens the data folder and creates what is missing.</summary>
    public static async Task<Parts> Open(Settings settings, ILoggerFactory logs, TimeProvider? wall = null, CancellationToken cancellation = default)
    {
        wall ??= TimeProvider.System;
        Directory.CreateDirectory(settings.DataFolder);
        var time = Clock.Open(settings.DataFolder, settings.ClockRate, wall);
        var database = SqliteDatabase.Open(Path.Combine(settings.DataFolder, "automation.db"));
        var tables = new Tables(new SqliteTableServiceClient(database, time), new SqliteQueueServiceClient(database, wall));
        await tables.Create(cancellation);
        var durable = new DurableTaskRegistry();
        return new Parts
        {
            Settings = settings with { Sources = [.. settings.Sources.Select(source => WithSecret(source, settings.DataFolder))] },
            Logs = logs,
            Time = time,
            Wall = wall,
            Database = database,
            Tables = tables,
            Durable = durable,
            Hub = new EmbeddedTaskHub(database, durable, clock: time, log: logs.CreateLogger("Automation.Durable")),
            Rush = new Rush(wall),
            ApiKey = Hosting.ApiKey.Find(settings),
        };
    }

    /// <summary>The queue a manifest names.</summary>
    public QueueClient Queue(string name) =>
        ((QueueClient[])[Tables.OrderQueue, Tables.EventQueue]).FirstOrDefault(queue => queue.Name == name)
        ?? throw new SettingsException([$"A manifest names the queue '{name}', which is not in Tables.cs."]);

    /// <summary>Where a queue's hopeless messages go.</summary>
    public ParkMessage Park(string queue) => async (message, reason, cancellation) =>
    {
        var name = $"{message.InsertedOn.UtcDateTime:yyyyMMddHHmmssfffffff}-{message.MessageId}";
        await Tables.Bodies.UpsertEntityAsync(new TableEntity(queue, name) { { "Body", message.Body.ToArray() } }, TableUpdateMode.Replace, cancellation);
        await Tables.Attention.UpsertEntityAsync(new TableEntity("parked", name) { { "Queue", queue }, { "Reason", reason } }, TableUpdateMode.Replace, cancellation);
    };

    private static ConfiguredSource WithSecret(ConfiguredSource source, string dataFolder) =>
        source.Secret is not null ? source : source with { Secret = Files.Secret(Path.Combine(dataFolder, $"{source.Name}.secret")), Generated = true };

    /// <summary>Lets the hub finish what it has in hand, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await Hub.StopAsync();
        Hub.Dispose();
        Database.Dispose();
    }
}

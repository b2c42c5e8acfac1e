using Automation.DurableTask.Embedded;
using Automation.DurableTask.Functions;
using Automation.Functions.Journeys;
using Automation.Functions.Newsletters;
using Automation.Marketing;
using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters;
using Automation.Sqlite;
using Automation.Storage;
using Automation.Storage.Azure;
using Automation.Storage.Sqlite;
using Azure.Identity;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Automation.Functions.Hosting;

/// <summary>What the product stands on: tables and queues as configured, and orchestrations either in this process or in the Functions host.</summary>
public sealed class Backend : IDisposable
{
    private readonly SqliteDatabase? database;
    private readonly EmbeddedTaskHub? hub;
    private readonly FunctionsDurableTaskClient? client;
    private readonly string dataFolder;

    private Backend(
        Settings settings,
        TimeProvider wall,
        SqliteDatabase? database,
        EmbeddedTaskHub? hub,
        FunctionsDurableTaskClient? client,
        Func<TableService, TableService>? around = null)
    {
        (this.database, this.hub, this.client, dataFolder) = (database, hub, client, settings.DataFolder);
        var storage = settings.Storage;
        (TableService, QueueService) services = storage switch
        {
            { IsAzure: false } => (new SqliteTableService(Database, wall), new SqliteQueueService(Database, wall)),
            { ConnectionString: { } secret } => (new AzureTableService(secret), new AzureQueueService(secret)),
            _ => OfAccount(storage.Account!),
        };
        Tables = new Tables(around?.Invoke(services.Item1) ?? services.Item1, services.Item2);
    }

    /// <summary>Orchestrations in this process, in a file of the data folder; tables and queues there too, or in an Azure account.</summary>
    /// <param name="around">Stands between the product and its tables, and may fail; null: nothing does.</param>
    public static Backend OneMachine(
        Settings settings,
        DurableTaskRegistry registry,
        TimeProvider time,
        TimeProvider wall,
        bool isLapse,
        ILoggerFactory logs,
        SqliteOptions? sqlite = null,
        Func<TableService, TableService>? around = null)
    {
        var database = SqliteDatabase.Open(Path.Combine(settings.DataFolder, "automation.db"), sqlite);
        // A time-lapse is moved to each timer; nobody puts it forward.
        var options = isLapse ? new EmbeddedTaskHubOptions { LongestSleep = TimeSpan.FromDays(30) } : new();
        var hub = new EmbeddedTaskHub(database, registry, options, time, logs.CreateLogger("Automation.Durable"), Capabilities.Converter);
        return new(settings, wall, database, hub, null, around);
    }

    /// <summary>Orchestrations in the Functions host, which owns them; nothing of value on this machine.</summary>
    public static Backend FunctionsHost(Settings settings, TimeProvider wall) =>
        new(settings, wall, null, null, new FunctionsDurableTaskClient(new HttpClient { Timeout = TimeSpan.FromSeconds(30) }, Capabilities.Converter, wall));

    public Tables Tables { get; }

    /// <summary>No other process works on these tables.</summary>
    public bool Alone => client is null;
    public DurableTaskClient Durable => (DurableTaskClient?)client ?? Hub.Client;
    public IAlarmClock Alarms => client is null ? new DurableAlarmClock(Durable) : new QueuedAlarmClock(client, Tables.AlarmQueue);

    public IIssueClock IssueClock => client is null ? new DurableIssueClock(Durable) : new QueuedIssueClock(client, Tables.AlarmQueue);

    /// <summary>The file; InvalidOperationException under the Functions host.</summary>
    public SqliteDatabase Database => database ?? throw new InvalidOperationException("Under the Functions host there is no file.");

    /// <inheritdoc cref="Database"/>
    public EmbeddedTaskHub Hub => hub ?? throw new InvalidOperationException("Under the Functions host orchestrations run there.");

    /// <summary>Set once the hub stops; under the Functions host never.</summary>
    public CancellationToken Stopping => hub?.Stopping ?? CancellationToken.None;

    /// <summary>The client that invocations tell the host's address; InvalidOperationException on one machine.</summary>
    public FunctionsDurableTaskClient FunctionsClient => client ?? throw new InvalidOperationException("Orchestrations run in this process.");

    private static (TableService, QueueService) OfAccount(string account)
    {
        var credential = new DefaultAzureCredential();
        return (new AzureTableService(account, credential), new AzureQueueService(account, credential));
    }

    /// <summary>Bytes that may still be written; what is kept in Azure needs none here.</summary>
    public long Room() => database is null ? long.MaxValue : new DriveInfo(dataFolder).AvailableFreeSpace;

    /// <summary>Can the file be written to? False where another program has held it for two seconds; what is kept in Azure says so itself.</summary>
    public async Task<bool> CanWrite(CancellationToken cancellation)
    {
        if (database is null) return true;
        try
        {
            await database.Probe().WaitAsync(TimeSpan.FromSeconds(2), cancellation);
            return true;
        }
        catch (Exception held) when (held is TimeoutException or SqliteException)
        {
            return false;
        }
    }

    /// <summary>What was deleted from the file also leaves its log.</summary>
    public Task ForgetDeleted() => database?.TruncateLog() ?? Task.CompletedTask;

    /// <summary>Lets the hub finish what it has in hand.</summary>
    public Task StopAsync() => hub?.StopAsync() ?? Task.CompletedTask;

    public void Dispose()
    {
        hub?.Dispose();
        database?.Dispose();
    }
}

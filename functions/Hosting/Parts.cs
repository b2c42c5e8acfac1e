using Automation.DurableTask;
using Automation.DurableTask.Embedded;
using Automation.Functions.Attention;
using Automation.Functions.Journeys;
using Automation.Marketing;
using Automation.Marketing.Orders;
using Automation.Marketing.Sending;
using Automation.Sqlite;
using Automation.Storage;
using Automation.Storage.Sqlite;

namespace Automation.Functions.Hosting;

/// <summary>Everything the functions are made of, built once from the settings.</summary>
public sealed class Parts : IAsyncDisposable
{
    private readonly IMailTransport transport;

    private Parts(Settings settings, ILoggerFactory logs, TimeProvider wall)
    {
        Directory.CreateDirectory(settings.DataFolder);
        (Settings, Logs, Wall) = (settings, logs, wall);
        Time = Clock.Open(settings.DataFolder, settings.ClockRate, wall);
        Rush = new Rush(wall);
        ApiKey = Hosting.ApiKey.Find(settings);
        Sources = Hosting.Sources.Open(settings);
        Database = SqliteDatabase.Open(Path.Combine(settings.DataFolder, "automation.db"));
        Tables = new Tables(new SqliteTableServiceClient(Database, wall), new SqliteQueueServiceClient(Database, wall));
        Durable = new DurableTaskRegistry();
        Hub = new EmbeddedTaskHub(Database, Durable, clock: Time, log: logs.CreateLogger("Automation.Durable"), converter: Capabilities.Converter);
        Envelopes = new Envelopes(Tables);
        Parking = new Parking(Tables);
        transport = Outgoing.Transport(settings, wall, logs);
        Capabilities = new Capabilities(Tables, Time, wall, Hub.Client, transport, Outgoing.Writers(settings), logs, alone: true);
        Unsubscribe = new Unsubscribe(Outgoing.Tokens(settings), Capabilities.Consents, Time);
        Settling = new Settling(Tables, Capabilities.Sending, Capabilities.Situations.Of, Time, settings.Mail.SettleAfter);
        ShopWatch = new ShopWatch(Capabilities.Publishing, settings.ShopFolder, wall, logs.CreateLogger("Automation.Shop"));
        ShopDraft = new ShopDraft(settings.ShopFolder);
    }

    public Settings Settings { get; }
    public ILoggerFactory Logs { get; }

    /// <summary>The shop's time.</summary>
    public TimeProvider Time { get; }

    /// <summary>The time on the wall: leases, rushes.</summary>
    public TimeProvider Wall { get; }
    public Rush Rush { get; }
    public string ApiKey { get; }
    public IReadOnlyDictionary<string, SourceSettings> Sources { get; }
    public SqliteDatabase Database { get; }
    public Tables Tables { get; }

    /// <summary>What the task hub runs; filled from the table of functions before the hub starts.</summary>
    public DurableTaskRegistry Durable { get; }
    public EmbeddedTaskHub Hub { get; }

    public Envelopes Envelopes { get; }
    public Parking Parking { get; }

    /// <summary>What the product can do, on these seams.</summary>
    public Capabilities Capabilities { get; }
    public Unsubscribe Unsubscribe { get; }
    public Settling Settling { get; }
    public ShopWatch ShopWatch { get; }
    public ShopDraft ShopDraft { get; }

    /// <summary>Opens the data folder and creates what is missing.</summary>
    public static async Task<Parts> Open(Settings settings, ILoggerFactory logs, TimeProvider? wall = null, CancellationToken cancellation = default)
    {
        var parts = new Parts(settings, logs, wall ?? TimeProvider.System);
        await parts.Tables.Create(cancellation);
        try
        {
            await parts.ShopWatch.Begin(cancellation);
            return parts;
        }
        catch
        {
            await parts.DisposeAsync();
            throw;
        }
    }

    /// <summary>The queue a manifest names.</summary>
    public QueueClient Queue(string name) =>
        ((QueueClient[])[Tables.OrderQueue, Tables.EventQueue]).FirstOrDefault(queue => queue.Name == name)
        ?? throw new SettingsException([$"A manifest names the queue '{name}', which is not in Tables.cs."]);

    /// <summary>Where a queue's hopeless messages go.</summary>
    public ParkMessage Park(string queue) => new ParkMessages(Envelopes, Parking).Of(queue);

    /// <summary>Lets the hub finish what it has in hand, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        ShopWatch.Dispose();
        await Hub.StopAsync();
        Hub.Dispose();
        Capabilities.Dispose();
        (transport as IDisposable)?.Dispose();
        Database.Dispose();
    }
}

using Automation.DurableTask;
using Automation.DurableTask.Embedded;
using Automation.Functions.Attention;
using Automation.Marketing;
using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.Events;
using Automation.Marketing.Orders;
using Automation.Marketing.Shop;
using Automation.Sqlite;
using Automation.Storage;
using Automation.Storage.Sqlite;

namespace Automation.Functions.Hosting;

/// <summary>Everything the functions are made of, built once from the settings.</summary>
public sealed class Parts : IAsyncDisposable
{
    private Parts(Settings settings, ILoggerFactory logs, TimeProvider wall)
    {
        Directory.CreateDirectory(settings.DataFolder);
        (Settings, Logs, Wall) = (settings, logs, wall);
        Time = Clock.Open(settings.DataFolder, settings.ClockRate, wall);
        Rush = new Rush(wall);
        ApiKey = Hosting.ApiKey.Find(settings);
        Sources = Hosting.Sources.Open(settings);
        Database = SqliteDatabase.Open(Path.Combine(settings.DataFolder, "automation.db"));
        Tables = new Tables(new SqliteTableServiceClient(Database, Time), new SqliteQueueServiceClient(Database, wall));
        Durable = new DurableTaskRegistry();
        Hub = new EmbeddedTaskHub(Database, Durable, clock: Time, log: logs.CreateLogger("Automation.Durable"));

        Customers = new CustomerStore(Tables, Time);
        Consents = new ConsentDesk(Tables, Time);
        Erasure = new Erasure(Tables, Time);
        Envelopes = new Envelopes(Tables);
        Parking = new Parking(Tables);
        Orders = new OrderDesk(Tables, Time, () => Shop);
        Events = new EventDesk(Tables, Time, () => Shop);
        Sensing = new Sensing(Tables, Time, () => Shop);
        Handling = (_, _, _, _) => Task.CompletedTask;
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

    public CustomerStore Customers { get; }
    public ConsentDesk Consents { get; }
    public Erasure Erasure { get; }
    public Envelopes Envelopes { get; }
    public Parking Parking { get; }
    public OrderDesk Orders { get; }
    public EventDesk Events { get; }
    public Sensing Sensing { get; }

    /// <summary>What follows from an event.</summary>
    public EventHandling Handling { get; }

    /// <summary>The shop about itself, as last read.</summary>
    public ShopSettings Shop { get; private set; } = new() { Name = "", PostalAddress = "", Contact = new Contact(""), TimeZone = "Asia/Tokyo" };

    /// <summary>Opens the data folder and creates what is missing.</summary>
    public static async Task<Parts> Open(Settings settings, ILoggerFactory logs, TimeProvider? wall = null, CancellationToken cancellation = default)
    {
        var parts = new Parts(settings, logs, wall ?? TimeProvider.System);
        await parts.Tables.Create(cancellation);
        if (ShopFolder.Read(settings.ShopFolder).Shop is { } shop) parts.Shop = shop;
        return parts;
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
        await Hub.StopAsync();
        Hub.Dispose();
        Database.Dispose();
    }
}

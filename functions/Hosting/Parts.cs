using System.Text;
using Automation.DurableTask;
using Automation.DurableTask.Embedded;
using Automation.Functions.Attention;
using Automation.Functions.Journeys;
using Automation.Marketing;
using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.Events;
using Automation.Marketing.Journeys;
using Automation.Marketing.Mails;
using Automation.Marketing.Orders;
using Automation.Marketing.Sending;
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
        Journeys = new PublishedJourneys(Tables, Time);
        Mails = new MailShelf(Tables, Time);
        ShopWatch = new ShopWatch(new Publishing(Journeys, Mails), settings.ShopFolder, wall, logs.CreateLogger("Automation.Shop"));
        ShopDraft = new ShopDraft(settings.ShopFolder);
        Enrollments = new EnrollmentStore(Tables);
        Situations = new Situations(Customers, new OrderStore(Tables), new Products(Tables), new Suggestions(Tables), Mails, Journeys, Time);
        Orders = new OrderDesk(Tables, Time, () => Journeys.Shop);
        Events = new EventDesk(Tables, Time, () => Journeys.Shop);
        Unsubscribe = new Unsubscribe(new UnsubscribeTokens(Encoding.ASCII.GetBytes(Files.Secret(Path.Combine(settings.DataFolder, "links.secret")))), Consents, Time);
        Sensing = new Sensing(Tables, Time, () => Journeys.Shop);
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
    public PublishedJourneys Journeys { get; }
    public MailShelf Mails { get; }
    public ShopWatch ShopWatch { get; }
    public ShopDraft ShopDraft { get; }
    public EnrollmentStore Enrollments { get; }
    public Situations Situations { get; }
    public OrderDesk Orders { get; }
    public EventDesk Events { get; }
    public Sensing Sensing { get; }
    public Unsubscribe Unsubscribe { get; }

    /// <summary>What follows from an event.</summary>
    public EventHandling Handling { get; }

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
        Database.Dispose();
    }
}

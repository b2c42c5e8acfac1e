using Automation.DurableTask.Embedded;
using Automation.Functions.Attention;
using Automation.Functions.Pushing;
using Automation.Marketing;
using Automation.Marketing.Consent;
using Automation.Marketing.Engagement;
using Automation.Marketing.Events;
using Automation.Marketing.Newsletters;
using Automation.Marketing.Orders;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;
using Automation.Sqlite;
using Automation.Storage;
using Microsoft.DurableTask;

namespace Automation.Functions.Hosting;

/// <summary>Everything the functions are made of, built once from the settings.</summary>
public sealed class Parts : IAsyncDisposable
{
    private readonly IMailTransport transport;
    private readonly Alerts alerts;

    private Parts(Settings settings, ILoggerFactory logs, TimeProvider wall, Backend? backend, IMailTransport? mail)
    {
        Files.OwnFolder(settings.DataFolder);
        (Settings, Logs, Wall) = (settings, logs, wall);
        Lapse = backend is null && settings.ClockRate != 1
            ? Clock.Lapse(settings.DataFolder, settings.ClockRate, wall)
            : null;
        Time = Lapse?.Time ?? Clock.Open(settings.DataFolder, settings.ClockRate, wall);
        Rush = new Rush(wall);
        alerts = new Alerts(logs.CreateLogger("Automation.Alerts"));
        ApiKey = Hosting.ApiKey.Find(settings, out var made);
        ApiKeyIsNew = made;
        Sources = Hosting.Sources.Open(settings);
        Durable = new DurableTaskRegistry();
        Backend = backend ?? Backend.OneMachine(settings, Durable, Time, wall, Lapse is not null, logs);
        Envelopes = new Envelopes(Tables.OrderQueue, Tables.Bodies);
        EngagementEnvelopes = new Envelopes(Tables.EngagementQueue, Tables.Bodies);
        SendGridDoor = settings.SendGrid.WebhookPublicKey is { } key ? new SendGridDoor(key) : null;
        Parking = new Parking(Tables);
        Refusals = new Refusals(Tables, wall, logs.CreateLogger("Automation.Webhooks"));
        transport = mail ?? Outgoing.Transport(settings, wall, logs);
        Capabilities = new Capabilities(Tables, Time, wall, Backend.Alarms, Backend.IssueClock, transport, Outgoing.Writers(settings), logs, Backend.Alone, settings.SendGrid.ChunkSize);
        Confirmations = new ConfirmDesk(Outgoing.Confirmations(settings), Capabilities.Consents, Capabilities.Customers, () => Capabilities.Journeys.Shop, Time);
        Preferences = new PreferenceDesk(Outgoing.Tokens(
            settings), Outgoing.Undos(settings), Capabilities.Consents, Capabilities.Customers,
            () => Capabilities.Journeys.Shop,
            Topics,
            () => Capabilities.Journeys.TriggeredBy(EventTypes.ConsentPending).Any(),
            Time);
        Settling = new Settling(
            Tables, Capabilities.Sending, Capabilities.Standings.Of, Time, settings.Mail.SettleAfter);
        Engagement = new EngagementDesk(Tables, Capabilities.Customers, new AddressStops(Tables, Capabilities.Customers, Capabilities.Consents), Settling,
            Capabilities.Sends.Settle, type => Capabilities.Journeys.TriggeredBy(type).Any(), $"{settings.PublicUrl}/u/", logs.CreateLogger<EngagementDesk>());
        SlotDesk = new SlotDesk(Tables, Capabilities.Newsletters, Capabilities.Issues, Shop, Backend.IssueClock.Ensure, Time, logs.CreateLogger<SlotDesk>());
        SlotWarnings = new SlotWarnings(
            Tables, Capabilities.Newsletters, SlotDesk, Shop, transport, Outgoing.Writers(settings), Time,
            logs.CreateLogger<SlotWarnings>());
        Calendar = new NewsletterCalendar(Capabilities.Newsletters, SlotDesk, Shop, Time);
        ShopFiles = new ShopFiles(Tables, settings.ShopFolder, Path.Combine(settings.DataFolder, "shops"), Backend.Alone, wall);
        ShopWatch = new ShopWatch(
            Capabilities.Publishing,
            ShopFiles,
            new RefusedFiles(Tables, Time),
            wall,
            logs.CreateLogger("Automation.Shop"));
        ShopDraft = new ShopDraft(ShopFiles, Time);
        ShopNews = new ShopNews(ShopFiles, ShopWatch, Capabilities.Journeys, wall);
    }

    public Settings Settings { get; }
    public ILoggerFactory Logs { get; }

    /// <summary>The shop's time.</summary>
    public TimeProvider Time { get; }

    /// <summary>What moves the shop's time where it is not the wall's; null: nothing has to.</summary>
    public TimeLapse? Lapse { get; }

    /// <summary>The time on the wall: leases, rushes.</summary>
    public TimeProvider Wall { get; }
    public Rush Rush { get; }
    public string ApiKey { get; }

    /// <summary>It was made up at this start.</summary>
    public bool ApiKeyIsNew { get; }
    public IReadOnlyDictionary<string, SourceSettings> Sources { get; }
    public Backend Backend { get; }
    public Tables Tables => Backend.Tables;

    /// <inheritdoc cref="Backend.Database"/>
    public SqliteDatabase Database => Backend.Database;

    /// <summary>The orchestrators and activities; filled from the table of functions before any of them is called.</summary>
    public DurableTaskRegistry Durable { get; }

    /// <inheritdoc cref="Backend.Hub"/>
    public EmbeddedTaskHub Hub => Backend.Hub;

    public Envelopes Envelopes { get; }
    public Envelopes EngagementEnvelopes { get; }

    /// <summary>Null where no key is configured: SendGrid's events are not taken.</summary>
    public SendGridDoor? SendGridDoor { get; }
    public Parking Parking { get; }
    public Refusals Refusals { get; }

    /// <summary>What the product can do, on these seams.</summary>
    public Capabilities Capabilities { get; }
    public PreferenceDesk Preferences { get; }
    public ConfirmDesk Confirmations { get; }
    public Settling Settling { get; }
    public EngagementDesk Engagement { get; }
    public SlotDesk SlotDesk { get; }
    public SlotWarnings SlotWarnings { get; }
    public NewsletterCalendar Calendar { get; }
    public ShopFiles ShopFiles { get; }
    public ShopWatch ShopWatch { get; }
    public ShopNews ShopNews { get; }
    public ShopDraft ShopDraft { get; }

    private ShopSettings Shop() => Capabilities.Journeys.Shop;

    /// <summary>Opens the data folder and creates what is missing.</summary>
    /// <param name="backend">Default: one machine.</param>
    /// <param name="mail">Default: as configured.</param>
    public static async Task<Parts> Open(
        Settings settings,
        ILoggerFactory logs,
        TimeProvider? wall = null,
        Backend? backend = null,
        IMailTransport? mail = null,
        CancellationToken cancellation = default)
    {
        var parts = new Parts(settings, logs, wall ?? TimeProvider.System, backend, mail);
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

    /// <summary>The newsletters, as readers choose among them.</summary>
    private IReadOnlyList<Topic> Topics() => [.. Capabilities.Newsletters.All().Select(newsletter => new Topic(newsletter.Id, newsletter.Name))];

    /// <summary>The queue a manifest names.</summary>
    public Queue Queue(string name) =>
        Tables.Queues.FirstOrDefault(queue => queue.Name == name)
        ?? throw new SettingsException([$"A manifest names the queue '{name}', which is not in Tables.cs."]);

    /// <summary>Where a queue's hopeless messages go.</summary>
    public ParkMessage Park(string queue) => new ParkMessages([Envelopes, EngagementEnvelopes], Parking).Of(queue);

    /// <summary>Lets the hub finish what it has in hand, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        ShopWatch.Dispose();
        alerts.Dispose();
        await Backend.StopAsync();
        ShopFiles.Dispose();
        Capabilities.Dispose();
        (transport as IDisposable)?.Dispose();
        Backend.Dispose();
    }
}

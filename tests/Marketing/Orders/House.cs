using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.Inbox;
using Automation.Marketing.Intake;
using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;
using Automation.Marketing.Tests.Sending;
using Automation.Sqlite;
using Automation.Storage;
using Automation.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Tests.Orders;

/// <summary>A shop with tables of its own, a clock that stands, and an ear that hears every event.</summary>
internal sealed class House : IShopEvents, IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("intake-").FullName;
    private readonly SqliteDatabase database;
    private readonly ServiceProvider services;

    private House()
    {
        database = SqliteDatabase.Open(Path.Combine(folder, "test.db"), new SqliteOptions { Durable = false });
        Storage = new WatchedTables(new SqliteTableService(database));
        Tables = new Tables(Storage, new SqliteQueueService(database, TimeProvider.System));
        services = Container();
        Desk = Get<OrderIngestion>();
        Customers = Get<CustomerStore>();
        Orders = Get<OrderStore>();
        Consents = Get<ConsentService>();
    }

    public static async Task<House> Open()
    {
        var house = new House();
        await house.Tables.Create();
        house.Storage.Reset();
        return house;
    }

    public StandingClock Clock { get; } = new();
    public WatchedTables Storage { get; }
    public Tables Tables { get; }
    public OrderIngestion Desk { get; }
    public CustomerStore Customers { get; }
    public OrderStore Orders { get; }
    public ConsentService Consents { get; }
    public CurrentShop Current { get; } = new(new()
    {
        Name = "茶と器",
        PostalAddress = "静岡県",
        Contact = new("a@shop.example"),
        TimeZone = "Asia/Tokyo",
        ProductUrl = "https://shop.example/p/{id}",
        Recommend = [new()
        {
            Id = "own-1",
            Title = "ほうじ茶",
        }, new()
        {
            Id = "own-2",
            Title = "湯のみ",
        }],
    });
    public List<ShopEvent> Heard { get; } = [];

    /// <summary>Nobody hears events any more: as if the process were killed where it says one.</summary>
    public bool IsKilled { get; set; }
    public List<(string Type, Customer Customer, Order? Order, bool IsNew)> Seen { get; } = [];

    public ShopSettings Shop
    {
        get => Current.Settings;
        set => Current.Settings = value;
    }

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    /// <summary>The product's services over these tables, as after a restart: nothing is remembered.</summary>
    /// <param name="more">Others in place of the product's.</param>
    public ServiceProvider Container(Action<IServiceCollection>? more = null)
    {
        var made = new ServiceCollection()
            .AddLogging()
            .AddMarketing()
            .AddSingleton(Tables)
            .AddSingleton<TimeProvider>(Clock)
            .AddKeyedSingleton<TimeProvider>(Clocks.Wall, Clock)
            .AddSingleton(new MarketingOptions { PublicUrl = "https://shop.example" })
            .AddSingleton(Current)
            .AddSingleton<IShopEvents>(this)
            .AddSingleton<IJourneyOrchestrations, NoAlarms>()
            .AddSingleton<IIssueOrchestrations, NoAlarms>()
            .AddSingleton<IMailTransport>(new ToldTransport())
            .AddSingleton(Senders.Nobody)
            .AddSingleton(LinkTokens.Of(new byte[32]));
        more?.Invoke(made);
        return made.BuildServiceProvider();
    }

    Task IShopEvents.Handle(ShopEvent happened, Customer customer, Order? order, bool isNew)
    {
        if (IsKilled) throw new IOException("killed");
        Heard.Add(happened);
        Seen.Add((happened.Type, customer, order, isNew));
        return Task.CompletedTask;
    }

    private sealed class NoAlarms : IJourneyOrchestrations, IIssueOrchestrations
    {
        public Task Start(EnrollmentId enrollment, int turn) => Task.CompletedTask;
        public Task Wake(EnrollmentId enrollment) => Task.CompletedTask;
        public Task<bool> IsAlive(EnrollmentId enrollment) => Task.FromResult(true);
        public Task Wake(IssueId issue) => Task.CompletedTask;
        public Task Ensure(IssueId issue) => Task.CompletedTask;
    }

    public Task Deliver(string topic, string body, SourceSettings? source = null) =>
        Desk.Handle(source ?? Fixtures.Shopify, Fixtures.Envelope(
            source ?? Fixtures.Shopify, topic, System.Text.Encoding.UTF8.GetBytes(body), Clock.GetUtcNow()));

    public async Task<Customer> Customer(string identity) =>
        (await Customers.FindByIdentity(Identity.Parse(identity)!.Value))?.Value
        ?? throw new InvalidOperationException($"Nobody is {identity}.");

    public static async Task<int> Count(Table table)
    {
        var count = 0;
        await foreach (var _ in table.Query(new TableQuery())) count++;
        return count;
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        database.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>Stands until somebody waits for it: then so much has passed.</summary>
internal sealed class StandingClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = Fixtures.Now;
    public override DateTimeOffset GetUtcNow() => Now;

    private TimeSpan jumped;

    /// <summary>Somebody sets the clock: no time has passed.</summary>
    public void Jump(TimeSpan by)
    {
        Now += by;
        jumped += by;
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;
    public override long GetTimestamp() => (Now - jumped).UtcTicks;

    /// <summary>Whoever waits is killed.</summary>
    public bool KillsWhoWaits { get; set; }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (KillsWhoWaits) throw new KilledException();
        if (dueTime > TimeSpan.Zero) Now += dueTime;
        return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}

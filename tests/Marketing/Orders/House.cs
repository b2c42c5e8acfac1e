using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.Events;
using Automation.Marketing.Orders;
using Automation.Marketing.Shop;
using Automation.Sqlite;
using Automation.Storage;
using Automation.Storage.Sqlite;

namespace Automation.Marketing.Tests.Orders;

/// <summary>A shop with tables of its own, a clock that stands, and an ear that hears every event.</summary>
internal sealed class House : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("intake-").FullName;
    private readonly SqliteDatabase database;

    private House()
    {
        database = SqliteDatabase.Open(Path.Combine(folder, "test.db"), new SqliteOptions { Durable = false });
        Storage = new WatchedTables(new SqliteTableService(database));
        Tables = new Tables(Storage, new SqliteQueueService(database, TimeProvider.System));
        Desk = new OrderDesk(Tables, Clock, () => Shop);
        Customers = new CustomerStore(Tables, Clock);
        Orders = new OrderStore(Tables);
        Consents = new ConsentDesk(Tables, Clock);
        Handling = (happened, customer, order, isNew) =>
        {
            Heard.Add(happened);
            Seen.Add((happened.Type, customer, order, isNew));
            return Task.CompletedTask;
        };
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
    public OrderDesk Desk { get; }
    public CustomerStore Customers { get; }
    public OrderStore Orders { get; }
    public ConsentDesk Consents { get; }
    public EventHandling Handling { get; }
    public List<ShopEvent> Heard { get; } = [];
    public List<(string Type, Customer Customer, Order? Order, bool IsNew)> Seen { get; } = [];

    public ShopSettings Shop { get; set; } = new()
    {
        Name = "茶と器",
        PostalAddress = "静岡県",
        Contact = new("a@shop.example"),
        TimeZone = "Asia/Tokyo",
        ProductUrl = "https://shop.example/p/{id}",
        Recommend = [new("own-1", "ほうじ茶"), new("own-2", "湯のみ")],
    };

    public Task Deliver(string topic, string body, SourceSettings? source = null) =>
        Desk.Handle(source ?? Fixtures.Shopify, Fixtures.Envelope(source ?? Fixtures.Shopify, topic, System.Text.Encoding.UTF8.GetBytes(body), Clock.GetUtcNow()), Handling);

    public async Task<Customer> Customer(string identity) =>
        (await Customers.FindByIdentity(Identity.Parse(identity)!.Value))?.Value ?? throw new InvalidOperationException($"Nobody is {identity}.");

    public static async Task<int> Count(Table table)
    {
        var count = 0;
        await foreach (var _ in table.Query(new TableQuery())) count++;
        return count;
    }

    public ValueTask DisposeAsync()
    {
        database.Dispose();
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
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

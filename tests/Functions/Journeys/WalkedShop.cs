using System.Collections.Concurrent;
using System.Text.Json;
using Automation.Functions.Hosting;
using Automation.Functions.Journeys;
using Automation.Marketing;
using Automation.Marketing.Customers;
using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Publishing;
using Automation.Marketing.Sending;
using Automation.Sqlite;
using Automation.Storage;
using Automation.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Functions.Tests.Journeys;

/// <summary>The product's parts over tables of their own, a clock set by hand, and a provider that answers as told.
/// Orchestrations are kept as what they are told: <see cref="Walk"/> walks whoever is due or woken.</summary>
internal sealed class WalkedShop : IJourneyOrchestrations, IIssueOrchestrations, IMailTransport, IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("walked-").FullName;
    private readonly SqliteDatabase database;
    private readonly ConcurrentDictionary<EnrollmentId, Alarm> alarms = new();
    private int identities;

    private sealed record Alarm(int Turn, DateTimeOffset? Until, bool IsWoken);

    private readonly ILineTransport? line;

    private WalkedShop(ILineTransport? line)
    {
        this.line = line;
        database = SqliteDatabase.Open(Path.Combine(folder, "walked.db"), new SqliteOptions { Durable = false });
        Tables = new Tables(
            new SqliteTableService(database), new SqliteQueueService(database, TimeProvider.System));
        Can = Made();
    }

    public static Task<WalkedShop> Open(params (string Name, string Text)[] files) => Open(null, files);

    /// <param name="line">How LINE texts leave; null: the shop is not on LINE.</param>
    public static async Task<WalkedShop> Open(ILineTransport? line, params (string Name, string Text)[] files)
    {
        var shop = new WalkedShop(line);
        await shop.Tables.Create();
        shop.Write("shop.json", Settings());
        foreach (var (name, text) in files) shop.Write(name, text);
        await shop.Publish();
        return shop;
    }

    /// <summary>shop.json, with more members behind the shop's own.</summary>
    public static string Settings(string more = "") =>
        $$"""{ "name": "茶と器", "postalAddress": "静岡県", "contact": { "email": "help@example.jp" }, "timeZone":"""
        + $$""" "Asia/Tokyo"{{more}} }""";

    public Tables Tables { get; }
    public ServiceProvider Can { get; private set; }
    public HandSetClock Clock { get; } = new();
    public Func<Message, DeliveryResult> Answer { get; set; } =
        message => new DeliveryResult.Accepted($"p-{message.Id}");

    /// <summary>Whatever the provider was given, in order.</summary>
    public List<Message> Sent { get; } = [];
    public string Shop => Path.Combine(folder, "shop");

    public Reconciliation Reconciliation(TimeSpan? after = null) => new(
        new(Tables), new(Tables), Can.Get<Marketing.Sending.Sending>(), Can.Get<Standings>(),
        new() { SettleAfter = after ?? TimeSpan.FromMinutes(15) }, Clock);

    public void Write(string name, string text)
    {
        var path = Path.Combine(Shop, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public async Task Publish() => Assert.Empty(await Can.Get<ShopPublisher>().Publish(Shop));

    /// <summary>What a kill leaves behind: the tables, and orchestrations that are asleep.</summary>
    public async Task Restart()
    {
        Can.Dispose();
        Can = Made();
        await Publish();
    }

    public async Task<Customer> Customer(string email, params string[] identities) =>
        (await Can.Get<CustomerStore>().Recognise(new Buyer
        {
            Identities = [
                Identity.Parse($"email:{email}")!.Value,
                .. identities.Select(text => Identity.Parse(text)!.Value)
            ],
            Email = email,
            SeenAt = Clock.GetUtcNow(),
            Consent = new Dictionary<string, ConsentRecord>
            {
                ["email"] = new(ConsentState.Given, Clock.GetUtcNow(), "test")
            },
        }, "test", customer => customer))!.Customer;

    /// <summary>It happens to the customer, and whoever it concerns hears of it.</summary>
    /// <param name="data">What else it carries, as JSON.</param>
    public async Task Happens(
        string type, Customer customer, string? order = null, string? id = null, string? data = null) =>
        await Can.Get<IShopEvents>().Handle(new ShopEvent
        {
            Id = id ?? $"h{++identities}",
            Type = type,
            At = Clock.GetUtcNow(),
            Customer = customer.Id,
            Order = order,
            Data = data is null ? null : JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(data),
        }, (await Can.Get<CustomerStore>().Find(customer.Id))!.Value, null, false);

    /// <summary>A night passes over all customers.</summary>
    public Task Night() => Can.Get<LatenessScan>().Scan();

    public async Task Change(Customer customer, Func<Customer, Customer> change) =>
        await Can.Get<CustomerStore>().Change(customer.Id, change);

    /// <summary>Walks whoever is due or woken, until nobody is.</summary>
    public async Task Walk()
    {
        while (alarms.Where(one => one.Value.IsWoken || one.Value.Until <= Clock.GetUtcNow()).OrderBy(
            one => one.Key.ToString(), StringComparer.Ordinal).ToList() is { Count: > 0 } due)
            foreach (var (id, alarm) in due)
            {
                var pause = await Can.Get<Walker>().Advance(id, alarm.Turn, default);
                if (pause.Finished is null) alarms[id] = new(alarm.Turn + 1, pause.Until, false);
                else alarms.TryRemove(id, out _);
            }
    }

    public async Task Pass(TimeSpan time)
    {
        Clock.Now += time;
        await Walk();
    }

    public async Task<List<Enrollment>> Walks(Customer customer, string? journey = null) =>
        [.. (await Can.Get<EnrollmentStore>().Of(customer.Id, journey)).Select(stored => stored.Value)];

    public async Task<List<Send>> Sends(Customer customer)
    {
        var sends = new List<Send>();
        await foreach (var row in Tables.Timeline.Query(TableQuery.Prefix(customer.Id.Value, "s|")))
            sends.Add(Ledger.Read(row).Send);
        return [.. sends.OrderBy(send => send.At)];
    }

    public async Task<List<Row>> Attention(string kind) =>
        await Tables.Attention.Query(new TableQuery { PartitionKey = kind }).ToListAsync();

    /// <summary>Works off queue <c>alarms</c>; how many messages there were.</summary>
    public async Task<int> Ring()
    {
        var set = new SetAlarms(
            new(), this, this, new(Can.Get<HeldWalks>(), Can.Get<Mover>(), this, Tables), new(Tables, new(), Clock));
        for (var rung = 0; ; rung++)
        {
            if (await Tables.AlarmQueue.ApproximateCount() == 0) return rung;
            var message = Assert.Single(await Tables.AlarmQueue.Receive(1, TimeSpan.FromMinutes(5)));
            await set.Run(new(message.Body), null!, default);
            await Tables.AlarmQueue.Delete(message.Id, message.Receipt);
        }
    }

    /// <summary>An orchestration is lost.</summary>
    public void Lose(EnrollmentId id) => alarms.TryRemove(id, out _);

    private ServiceProvider Made()
    {
        var services = TestServices.Over(Tables, Clock, Clock, this, this, this);
        if (line is not null) services.AddSingleton(line);
        var made = services.BuildServiceProvider();
        made.Get<Sweep>();   // it knows since when the process has run
        return made;
    }

    string IMailTransport.Name => "told";
    bool IMailTransport.Idempotent => false;

    Task<DeliveryResult> IMailTransport.Send(Message message, CancellationToken cancellation)
    {
        Sent.Add(message);
        return Task.FromResult(Answer(message));
    }

    Task<DeliveryResult> IMailTransport.SendMany(MessageBatch batch, CancellationToken cancellation) =>
        throw new NotSupportedException();

    Task IJourneyOrchestrations.Start(EnrollmentId enrollment, int turn)
    {
        alarms.TryAdd(enrollment, new(turn, null, true));
        return Task.CompletedTask;
    }

    Task IJourneyOrchestrations.Wake(EnrollmentId enrollment)
    {
        if (alarms.TryGetValue(enrollment, out var alarm)) alarms[enrollment] = alarm with { IsWoken = true };
        return Task.CompletedTask;
    }

    Task<bool> IJourneyOrchestrations.IsAlive(EnrollmentId enrollment) =>
        Task.FromResult(alarms.ContainsKey(enrollment));
    Task IIssueOrchestrations.Wake(IssueId issue) => Task.CompletedTask;
    Task IIssueOrchestrations.Ensure(IssueId issue) => Task.CompletedTask;

    public ValueTask DisposeAsync()
    {
        Can.Dispose();
        database.Dispose();
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}

/// <summary>Stands until it is moved: time passes by <see cref="Now"/>, and <see cref="Jump"/> is somebody who sets
/// it.</summary>
internal sealed class HandSetClock : TimeProvider
{
    private TimeSpan jumped;
    public DateTimeOffset Now { get; set; } = new(2026, 11, 24, 3, 0, 0, TimeSpan.Zero);

    public void Jump(TimeSpan by)
    {
        Now += by;
        jumped += by;
    }

    public override DateTimeOffset GetUtcNow() => Now;
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;
    public override long GetTimestamp() => (Now - jumped).UtcTicks;
}

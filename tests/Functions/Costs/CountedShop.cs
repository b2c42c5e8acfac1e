using Automation.Functions.Hosting;
using Automation.Functions.Orders;
using Automation.Functions.Simulation;
using Automation.Functions.Tests.WholeThing;
using Automation.Marketing;
using Automation.Marketing.Engagement;
using Automation.Marketing.Files;
using Automation.Marketing.Intake;
using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Privacy;
using Automation.Marketing.Publishing;
using Automation.Marketing.Search;
using Automation.Marketing.Sending;
using Automation.Storage;
using Automation.Storage.Azure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Functions.Tests.Costs;

/// <summary>Requests to the storage service, by what is billed differently.</summary>
internal sealed record Operations(long Reads, long Writes, long Queue)
{
    public long Total => Reads + Writes + Queue;
    public static Operations operator +(Operations one, Operations other) =>
        new(one.Reads + other.Reads, one.Writes + other.Writes, one.Queue + other.Queue);
    public static Operations operator -(Operations one, Operations other) =>
        new(one.Reads - other.Reads, one.Writes - other.Writes, one.Queue - other.Queue);
}

/// <summary>The functions on a real account whose every request is counted; orchestrations are Durable Functions'
/// affair, so that only what they would be told is kept.</summary>
internal sealed partial class CountedShop : IJourneyOrchestrations, IIssueOrchestrations, IDisposable
{
    private readonly string folder = TestShop.Write(newsletter: true, readers: Tag);
    private readonly StorageRequests requests = new();
    private readonly Later time = new();
    private EnrollmentId started;
    private readonly Dictionary<string, SourceSettings> sources =
        new() { ["demo"] = new("demo", Platform.Shopify, "hush-hush-hush-hush") };
    private readonly Tables tables;
    private readonly ServiceProvider can;
    private readonly OrderWebhook door;
    private readonly OrderIntake intake;

    private CountedShop(string account, int chunkSize)
    {
        var storage = new AzureStorage(account, new AzureStorageOptions { Requests = requests });
        tables = new Tables(storage.Tables, storage.Queues);
        can = TestServices.Over(tables, time, TimeProvider.System, this, this, new NotingTransport())
            .AddSingleton(new MarketingOptions
            {
                IsSingleProcess = false,
                ChunkSize = chunkSize,
                SettleAfter = TimeSpan.FromHours(1),
                PublicUrl = "https://shop.example.jp",
            })
            .AddSingleton<IReadOnlyDictionary<string, SourceSettings>>(sources)
            .AddSingleton(new SendGridSignature(SendGridPost.PublicKey))
            .AddSingleton(new IntakePriority(TimeProvider.System))
            .AddSingleton<Arrivals>()
            .AddSingleton<DurableClients>()
            .BuildServiceProvider();
        door = Made<OrderWebhook>();
        intake = Made<OrderIntake>();
    }

    private T Made<T>() => ActivatorUtilities.CreateInstance<T>(can);

    public static async Task<CountedShop> Open(string account, int chunkSize = 500)
    {
        var shop = new CountedShop(account, chunkSize);
        await shop.tables.Create();
        while (await shop.tables.OrderQueue.Receive(32, TimeSpan.FromMinutes(5)) is { Count: > 0 } left)
            foreach (var message in left) await shop.tables.OrderQueue.Delete(message.Id, message.Receipt);
        var journey = Path.Combine(shop.folder, "journeys", "three.json");
        await File.WriteAllTextAsync(journey, (await File.ReadAllTextAsync(journey)).Replace(
            "\"trigger\"", "\"per\": \"order\", \"trigger\"", StringComparison.Ordinal));
        Assert.Empty(await shop.can.Get<ShopPublisher>().Publish(shop.folder));
        return shop;
    }

    /// <summary>What a webhook costs at the door.</summary>
    public Task<Operations> Post(HttpRequestMessage webhook) => Count(async () =>
    {
        var http = new DefaultHttpContext { Request = { Body = await webhook.Content!.ReadAsStreamAsync() } };
        foreach (var (name, values) in webhook.Headers) http.Request.Headers[name] = values.ToArray();
        Assert.IsType<Accepted>((await door.Run(http.Request, "demo")).Result);
    });

    /// <summary>What it costs to understand it, and what the queue costs whoever fetches and deletes its message (on
    /// Azure, the host).</summary>
    public async Task<(Operations Intake, Operations Queue)> Understand()
    {
        Storage.QueuedMessage? message = null;
        var fetched = await Count(
            async () => message = Assert.Single(await tables.OrderQueue.Receive(1, TimeSpan.FromMinutes(5))));
        var intake = await Count(() => this.intake.Run(new(message!.Body), null!, CancellationToken.None));
        return (intake, fetched + await Count(() => tables.OrderQueue.Delete(message!.Id, message.Receipt)));
    }

    /// <summary>What a round of the enrollment started last costs.</summary>
    public Task<Operations> Advance(int turn = 0) =>
        Count(() => can.Get<Walker>().Advance(started, turn, CancellationToken.None));

    public void Pass(TimeSpan time) => this.time.By += time;

    public Task<Operations> Sweep() => Count(() => can.Get<Marketing.Journeys.Sweep>().Run(CancellationToken.None));
    public Task<Operations> Settle() => Count(() => can.Get<Reconciliation>().Run(CancellationToken.None));
    public Task<Operations> Index() => Count(() => can.Get<SearchIndexer>().Run(CancellationToken.None));

    public Task<Operations> Sense() => Count(async () =>
    {
        await can.Get<LatenessScan>().Scan(CancellationToken.None);
        await can.Get<Audiences>().Count(CancellationToken.None);
    });

    private async Task<Operations> Count(Func<Task> happening)
    {
        var before = Now();
        await happening();
        return Now() - before;
    }

    private Operations Now()
    {
        var counts = requests.Snapshot();
        return new(Sum("table.get", "table.query"),
            Sum("table.add", "table.update", "table.upsert", "table.delete", "table.transaction"),
            counts.Where(count => count.Key.StartsWith("queue.", StringComparison.Ordinal)).Sum(count => count.Value));

        long Sum(params string[] kinds) => kinds.Sum(kind => counts.GetValueOrDefault(kind));
    }

    Task IJourneyOrchestrations.Start(EnrollmentId enrollment, int turn)
    {
        started = enrollment;
        return Task.CompletedTask;
    }

    Task IJourneyOrchestrations.Wake(EnrollmentId enrollment) => Task.CompletedTask;

    /// <summary>Asking after an orchestration is Durable Functions' cost.</summary>
    Task IIssueOrchestrations.Wake(IssueId issue) => Task.CompletedTask;

    Task IIssueOrchestrations.Ensure(IssueId issue) => Task.CompletedTask;

    Task<bool> IJourneyOrchestrations.IsAlive(EnrollmentId enrollment) => Task.FromResult(true);

    private sealed class Later : TimeProvider
    {
        public TimeSpan By { get; set; }
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + By;
    }

    public void Dispose()
    {
        can.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}

using System.Globalization;
using System.Text;
using Automation.Functions.Hosting;
using Automation.Functions.Tests.Hosting;
using Automation.Marketing;
using Automation.Marketing.Insights;
using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.People;
using Automation.Marketing.Publishing;
using Automation.Marketing.Sending;
using Automation.Sqlite;
using Automation.Storage;
using Automation.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Functions.Tests.Newsletters;

/// <summary>A shop with a newsletter every Wednesday at 10:00 and a few readers: real files, real tables, the product's
/// own parts, a clock moved by hand. Issues are carried out as their orchestration would, a shard at a time.</summary>
internal sealed class NewsletterShop
    : TimeProvider, IIssueOrchestrations, IJourneyOrchestrations, IMailTransport, IDisposable
{
    public const string Wednesdays = """
        { "name": "お便り", "on": ["wednesday"], "at": "10:00", "late": { "sendWithin": "6 hours" },
          "fallback": "fallback" }
        """;

    private static readonly string[] Shards = ["00", "5c", "a0"];
    private readonly TemporaryFolder folder = new();
    private readonly SqliteDatabase database;
    private readonly HashSet<IssueId> awake = [];

    private NewsletterShop(string now)
    {
        Now = At(now);
        database = SqliteDatabase.Open(folder.File("test.db"), new SqliteOptions { Durable = false });
        Tables = new Tables(new SqliteTableService(database), new SqliteQueueService(database, System));
        RunningShop.WriteShop(Folder);
        Directory.CreateDirectory(Path.Combine(Folder, "newsletters", "weekly"));
    }

    /// <param name="readers">In all, spread over three shards.</param>
    public static async Task<NewsletterShop> Open(
        string now = "2026-11-30T09:00", string series = Wednesdays, int readers = 12)
    {
        var shop = new NewsletterShop(now);
        await shop.Tables.Create();
        for (var n = 0; n < readers; n++) await shop.Tables.Customers.Add(CustomerJson.Row(Reader(n)));
        shop.Write("weekly.json", series);
        shop.Issue("fallback");
        await shop.Start();
        await shop.Tick();
        return shop;
    }

    public DateTimeOffset Now { get; private set; }
    public Tables Tables { get; }
    public ServiceProvider Can { get; private set; } = null!;
    public SlotScheduler Desk { get; private set; } = null!;
    public SlotSteering Steering => Can.Get<SlotSteering>();
    public NewsletterCalendar Calendar { get; private set; } = null!;

    /// <summary>What went to whom: when, of which issue, with which subject.</summary>
    public List<(DateTimeOffset At, string Issue, string Subject, string To)> Mails { get; } = [];

    /// <summary>The warnings' subjects and texts.</summary>
    public List<string> Warned { get; } = [];

    private string Folder => folder.File("shop");

    public static DateTimeOffset At(string time) => DateTimeOffset.Parse($"{time}+09:00", CultureInfo.InvariantCulture);

    public override DateTimeOffset GetUtcNow() => Now;

    /// <summary>The program starts, or starts again: what it knew is in the tables.</summary>
    public async Task Start()
    {
        Can?.Dispose();
        Can = TestServices.Over(Tables, this, System, this, this, this)
            .AddSingleton(new MarketingOptions { ChunkSize = 4 })
            .BuildServiceProvider();
        Desk = Can.Get<SlotScheduler>();
        Calendar = Can.Get<NewsletterCalendar>();
        await Publish();
    }

    /// <summary>What the files say counts.</summary>
    public async Task Publish() => await Can.Get<ShopPublisher>().Publish(Folder);

    public void Write(string file, string text)
    {
        var path = Path.Combine(Folder, "newsletters", file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    /// <summary>A file of the newsletter's folder, with its name for its subject.</summary>
    public void Issue(string name, string newsletter = "weekly", string body = "こんにちは。") =>
        Write($"{newsletter}/{name}.md", $"---\nsubject: {name}\n---\n{body}\n");

    public void Settings(string was, string now)
    {
        var file = Path.Combine(Folder, "shop.json");
        File.WriteAllText(file, File.ReadAllText(file).Replace(was, now, StringComparison.Ordinal));
    }

    public void Delete(string file) => File.Delete(Path.Combine(Folder, "newsletters", file));

    /// <summary>Saved while the program runs, at a moment of its own.</summary>
    public Task Save(string at, string series)
    {
        Now = At(at);
        Write("weekly.json", series);
        return Publish();
    }

    /// <summary>It is then, and the timer runs; whatever begins is carried out.</summary>
    public async Task RunAt(string time)
    {
        Now = At(time);
        await Tick();
        await Work();
    }

    /// <summary>Minute for minute would take too long: every so often until then.</summary>
    public async Task RunUntil(string time, int minutes = 5)
    {
        var end = At(time);
        while (Now < end)
        {
            Now = Now.AddMinutes(minutes) is var next && next < end ? next : end;
            await Tick();
            await Work();
        }
    }

    public void Set(string time) => Now = At(time);

    public async Task Tick()
    {
        await Task.WhenAll(
            Desk.Run(CancellationToken.None), Can.Get<IssueControl>().Sweep(Can.Get<PublishedNewsletters>().Known()));
        await Can.Get<SlotWarnings>().Run(CancellationToken.None);
    }

    /// <summary>What the orchestrations of the issues that were woken do.</summary>
    /// <param name="shards">So many of each.</param>
    public async Task Work(int shards = 3)
    {
        foreach (var issue in awake.ToList())
        {
            awake.Remove(issue);
            if (!(await Can.Get<IssueOpening>().Open(issue, CancellationToken.None)).Go) continue;
            var ends = new List<ShardEnd>();
            foreach (var shard in Shards.Take(shards))
                ends.Add((await Can.Get<ShardSending>().Send(issue, shard, CancellationToken.None)).End);
            if (shards == Shards.Length && ends.All(end => end == ShardEnd.Done))
                await Can.Get<IssueBook>().Close(issue, null, CancellationToken.None);
        }
    }

    public async Task<Issue?> Row(string date, string newsletter = "weekly") =>
        (await Can.Get<IssueStore>().Find(IssueId.Parse($"{newsletter}/{date}")!.Value))?.Value;

    public async Task<string> State(string date, string newsletter = "weekly") =>
        (await Row(date, newsletter))?.State.ToString() ?? "none";

    public Task<Moved?> Confirm(string date) =>
        Can.Get<IssueStart>().Confirm(IssueId.Parse($"weekly/{date}")!.Value, CancellationToken.None);

    /// <summary>Why a person should look.</summary>
    public async Task<IReadOnlyList<string>> Attention() => [.. (await Tables.Attention
        .Query(new TableQuery())
        .ToListAsync()).Select(row => row.GetString("Reason") ?? "")];

    /// <summary>The calendar's line of a day.</summary>
    public async Task<string> Line(string date)
    {
        var slot =
            (await Calendar.Coming()).Single(slot => slot.Slot.Id.RowKey == date && slot.Newsletter.Id == "weekly");
        return $"{slot.State} {slot.File ?? "-"}{(slot.Because is { } because ? $": {because}" : "")}";
    }

    private static Customer Reader(int n) => new()
    {
        Id = new(Shards[n % Shards.Length] + n.ToString("x22", CultureInfo.InvariantCulture)),
        CreatedAt = DateTimeOffset.UnixEpoch,
        Email = $"r{n}@example.jp",
        Tags = n == 0 ? ["vip"] : [],
        Consent = new Dictionary<string, ConsentRecord>
        {
            ["email"] = new(ConsentState.Given, DateTimeOffset.UnixEpoch, "test")
        },
    };

    Task IIssueOrchestrations.Wake(IssueId issue) => ((IIssueOrchestrations)this).Ensure(issue);

    Task IIssueOrchestrations.Ensure(IssueId issue)
    {
        awake.Add(issue);
        return Task.CompletedTask;
    }

    Task IJourneyOrchestrations.Start(EnrollmentId enrollment, int turn) => Task.CompletedTask;
    Task IJourneyOrchestrations.Wake(EnrollmentId enrollment) => Task.CompletedTask;
    Task<bool> IJourneyOrchestrations.IsAlive(EnrollmentId enrollment) => Task.FromResult(true);

    string IMailTransport.Name => "test";
    bool IMailTransport.Idempotent => false;
    TimeSpan IMailTransport.Longest => TimeSpan.Zero;

    Task<DeliveryResult> IMailTransport.Send(Message message, CancellationToken cancellation)
    {
        Warned.Add($"{message.Subject}\n{message.Text}");
        return Task.FromResult<DeliveryResult>(new DeliveryResult.Accepted(null));
    }

    Task<DeliveryResult> IMailTransport.SendMany(MessageBatch batch, CancellationToken cancellation)
    {
        foreach (var one in batch.Recipients)
            Mails.Add((Now, batch.Mail, Encoding.UTF8.GetString(batch.Subject.Span), one.To));
        return Task.FromResult<DeliveryResult>(new DeliveryResult.Accepted(null));
    }

    public void Dispose()
    {
        Can.Dispose();
        database.Dispose();
        folder.Dispose();
    }
}

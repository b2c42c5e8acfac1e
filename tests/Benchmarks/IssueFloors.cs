using System.Diagnostics;
using Automation.Marketing;
using Automation.Marketing.Inbox;
using Automation.Marketing.Mails;
using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Publishing;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;
using Automation.Sqlite;
using Automation.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Automation.Benchmarks;

/// <summary>The least an issue can cost: the same mails to the same sink without any storage, and posts that were
/// rendered beforehand.</summary>
internal static class IssueFloors
{
    private const int Lanes = 4, Chunk = 390, Recipients = 60_000;
    private static readonly IssueId Id = new("weekly", new(2026, 11, 25));

    public static async Task<(double Posted, double Rendered)> Measure(string shop, IssueSink sink)
    {
        var edition = await CompiledIssue(shop);
        var customers = Enumerable.Range(0, Recipients).Select(IssueShop.Customer).ToArray();
        using var transport = new SendGridTransport(
            new() { ApiKey = "SG.bench", BaseUrl = sink.Url }, TimeProvider.System, NullLogger.Instance);
        var rendered = 0.0;
        for (var round = 0; round < 3; round++)
            rendered = Math.Max(rendered, await Rate(customers, some => Hand(edition, some, transport)));

        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 });
        var bodies = new List<(byte[] Body, int Count)>();
        foreach (var some in customers.Take(Chunk * 20).Chunk(Chunk)) bodies.AddRange(await Bodies(edition, some));
        var next = 0;
        var posted = 0.0;
        for (var round = 0; round < 3; round++)
        {
            var (watch, count) = (Stopwatch.StartNew(), 0L);
            await Parallel.ForAsync(0, Lanes * (bodies[0].Count == 1 ? 16 : 1), async (_, _) =>
            {
                while (Interlocked.Read(ref count) < Recipients)
                {
                    var (body, size) = bodies[Interlocked.Increment(ref next) % bodies.Count];
                    using var content = new ByteArrayContent(body);
                    using var answer = await http.PostAsync(sink.Url, content, CancellationToken.None);
                    Interlocked.Add(ref count, size);
                }
            });
            posted = Math.Max(posted, count / watch.Elapsed.TotalSeconds);
        }
        return (posted, rendered);
    }

    /// <summary>Operations on tables for an issue to that many, counted.</summary>
    public static async Task<(int Operations, int Recipients)> Operations(string shop, int customers)
    {
        var data = Directory.CreateTempSubdirectory("bench-").FullName;
        await IssueShop.Put(data, customers);
        var edition = await CompiledIssue(shop);
        int operations;
        using (var database = SqliteDatabase.Open(Path.Combine(data, "automation.db")))
        {
            var counted = new CountedTables(new SqliteTableService(database));
            var tables = new Tables(counted, new SqliteQueueService(database, TimeProvider.System));
            var (issues, ledger, time) = (new IssueStore(tables), new ChunkLedger(tables), TimeProvider.System);
            await issues.Add(new Issue { Id = Id, State = IssueState.Sending, Slot = time.GetUtcNow() });
            var text = MailSource.Parse($"weekly/{IssueShop.Dates[^1]}", await File.ReadAllTextAsync(Path.Combine(
                shop, "newsletters", "weekly", $"{IssueShop.Dates[^1]}.md"))).Source!;
            var made = new ServiceCollection()
                .AddLogging()
                .AddMarketing()
                .AddSingleton(tables)
                .AddSingleton(issues)
                .AddSingleton<TimeProvider>(time)
                .AddKeyedSingleton<TimeProvider>(Clocks.Wall, time)
                .AddSingleton(new MarketingOptions())
                .AddSingleton(new CurrentShop(edition.Shop))
                .AddSingleton<INewsletters>(new OneIssue(new IssueText(edition.Newsletter, [text], SubjectTest.None)))
                .AddSingleton<IMailTransport>(new Nowhere())
                .AddSingleton(Senders.Nobody)
                .BuildServiceProvider();
            var sending = made.GetRequiredService<ShardSending>();
            counted.Operations = 0;
            foreach (var shard in CustomerId.Shards) await sending.Send(Id, shard, default);
            operations = counted.Operations;
            if ((await ledger.Tally(Id)).Counts.Sent != customers)
                throw new InvalidOperationException("Not everybody was sent to.");
        }
        Directory.Delete(data, recursive: true);
        return (operations, customers);
    }

    private static async Task<double> Rate(Customer[] customers, Func<Customer[], Task> hand)
    {
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(customers.Chunk(Chunk), new ParallelOptions { MaxDegreeOfParallelism = Lanes },
            async (some, _) => await hand(some));
        return customers.Length / watch.Elapsed.TotalSeconds;
    }

    private static async Task Hand(CompiledIssue edition, Customer[] some, SendGridTransport transport)
    {
        var (batch, large) = await Render(edition, some);
        if (batch.Recipients.Count > 0) await transport.SendMany(batch, default);
        await Parallel.ForEachAsync(large, new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (one, _) => await transport.SendMany(batch.Alone(one), default));
    }

    private static async Task<List<(byte[], int)>> Bodies(CompiledIssue edition, Customer[] some)
    {
        var (batch, large) = await Render(edition, some);
        var bodies = new List<(byte[], int)>();
        foreach (var one in (MessageBatch[])[.. batch.Recipients.Count > 0 ? [batch] : Array.Empty<MessageBatch>(),
            .. large.Select(batch.Alone)])
        {
            var body = new System.Buffers.ArrayBufferWriter<byte>();
            SendGridJson.Write(body, one, sandbox: false);
            bodies.Add((body.WrittenSpan.ToArray(), one.Recipients.Count));
        }
        return bodies;
    }

    private static async Task<(MessageBatch Batch, List<BatchRecipient> Large)> Render(
        CompiledIssue edition, Customer[] some)
    {
        var (ink, page, now) = (new Utf8Buffer(), edition.Pages[0], TimeProvider.System.GetUtcNow());
        var (small, large) = (new List<BatchRecipient>(some.Length), new List<BatchRecipient>());
        foreach (var customer in some)
        {
            var (begin, ends, send) = (ink.Length, new int[page.Tags.Count], edition.SendId(customer.Id));
            var url = edition.UnsubscribeUrl(customer.Id, send);
            page.Fill(await edition.Whole(edition.Situation(customer, now)), url, ink, ends);
            (ends[^1] - begin > MessageBatch.LargestValues ? large : small).Add(new()
            {
                SendId = send,
                To = customer.Email!,
                UnsubscribeUrl = url,
                Start = begin,
                Ends = ends,
            });
        }
        return (edition.Batch(0) with { Values = ink.Memory, Recipients = small, At = now }, large);
    }

    private static async Task<CompiledIssue> CompiledIssue(string shop)
    {
        var contents = ShopFolder.Read(shop);
        var text = MailSource.Parse($"weekly/{IssueShop.Dates[^1]}", await File.ReadAllTextAsync(Path.Combine(
            shop, "newsletters", "weekly", $"{IssueShop.Dates[^1]}.md"))).Source!;
        var newsletter = new Newsletter { Id = "weekly", Name = "Weekly", On = [DayOfWeek.Wednesday], At = new(10, 0) };
        var database = SqliteDatabase.Open(Path.Combine(
            Directory.CreateTempSubdirectory("bench-").FullName, "floor.db"));
        var tables = new Tables(
            new SqliteTableService(database), new SqliteQueueService(database, TimeProvider.System));
        await tables.Create();
        return new CompiledIssue(Id, newsletter, [MailTemplate.Compile(text).Template!], contents.Shop!,
            Senders.Nobody, new(new Products(tables), remembers: true))
        {
            FirstOfMonth = true,
        };
    }

    /// <summary>A newsletter whose issues all go out with one text.</summary>
    private sealed class OneIssue(IssueText text) : INewsletters
    {
        public IReadOnlyList<Newsletter> All() => [text.Newsletter];
        public ValueTask<IssueText?> Text(IssueId id, CancellationToken cancellation = default) => new(text);
        public ValueTask<SubjectTest> Test(IssueId id) => new(text.Test);
    }

    /// <summary>Takes everything.</summary>
    private sealed class Nowhere : IMailTransport
    {
        public string Name => "nowhere";
        public bool Idempotent => false;
        public Task<DeliveryResult> Send(Message message, CancellationToken cancellation) =>
            Task.FromResult<DeliveryResult>(new DeliveryResult.Accepted(null));
        public Task<DeliveryResult> SendMany(MessageBatch batch, CancellationToken cancellation) =>
            Task.FromResult<DeliveryResult>(new DeliveryResult.Accepted(null));
    }
}

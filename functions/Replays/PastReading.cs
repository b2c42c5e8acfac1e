using Automation.Functions.Hosting;
using Automation.Marketing;
using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Replays;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;
using Automation.Sqlite;
using Automation.Storage;

namespace Automation.Functions.Replays;

/// <summary>Reads a stretch of the shop's past out of its tables, page by page, and writes nothing there.</summary>
public sealed class PastReading(
    Tables tables, IssueStore issues, PublishedNewsletters newsletters, Products products, CurrentShop shop,
    IntakePriority priority)
{
    private sealed class Found
    {
        public readonly Dictionary<CustomerId, List<Order>> Orders = [];
        public readonly Dictionary<CustomerId, List<(string, ConsentRecord)>> Said = [];
        public readonly Dictionary<string, Reaction> Reactions = new(StringComparer.Ordinal);
        public readonly Dictionary<string, PastEvent> Happened = new(StringComparer.Ordinal);
        public readonly Dictionary<CustomerId, CustomerId> Merged = [];
        public readonly HashSet<CustomerId> Customers = [];
    }

    /// <param name="file">Where the database is to lie.</param>
    public async Task<Past> Read(Stretch stretch, string file, TimeZoneInfo zone, CancellationToken cancellation)
    {
        var (found, went) = (new Found(), new PeriodTally(stretch.From, stretch.To, zone));
        await using (var made = Database(file))
        {
            var into = made.GetRequiredService<Tables>();
            await into.Create(cancellation);
            await Copy(tables.Products, into.Products, new(), cancellation);
            await ReadPaused(into, cancellation);
            await ReadPointers(found, cancellation);
            await ReadOrders(found, stretch.Begin, into, cancellation);
            await ReadTimelines(found, stretch.Begin, into, went, cancellation);
            await ReadCustomers(found, stretch.Begin, into, cancellation);
        }
        var sent = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var newsletter in newsletters.All())
            await foreach (var issue in issues.Of(newsletter.Id, Marketing.Time.Zones.Day(stretch.Begin, zone))
                .WithCancellation(cancellation))
            {
                went.Add(issue);
                if (await newsletters.Pinned(issue.Id, cancellation) is { } text)
                    sent[Publishing.ShopDraft.Issue(newsletter.Id, issue.Id.RowKey)] = text.Text;
            }
        return new()
        {
            Stretch = stretch,
            File = file,
            Events = Events(found, stretch),
            Reactions = found.Reactions,
            Customers = found.Customers.Count,
            Issues = sent,
            Went = went.Figures(played: false),
        };
    }

    /// <summary>A database of its own, which need not survive a crash.</summary>
    private static ServiceProvider Database(string file) => new ServiceCollection()
        .AddKeyedSingleton(Clocks.Wall, TimeProvider.System)
        .AddSingleton(_ => SqliteDatabase.Open(file, new SqliteOptions { Durable = false }))
        .AddStorage(new StorageSettings("sqlite", null, null))
        .BuildServiceProvider();

    private async IAsyncEnumerable<Row> Rows(
        Table table, TableQuery query,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        string? token = null;
        do
        {
            await priority.Hold(cancellation);
            var page = await table.QueryPage(query, token, cancellation);
            foreach (var row in page.Values) yield return row;
            token = page.ContinuationToken;
        } while (token is not null);
    }

    private async Task Copy(Table from, Table to, TableQuery query, CancellationToken cancellation)
    {
        var writer = new RowWriter(to);
        await foreach (var row in Rows(from, query, cancellation)) await writer.Add(row, cancellation);
        await writer.Flush(cancellation);
    }

    /// <summary>Journeys that are held start nobody, played neither.</summary>
    private async Task ReadPaused(Tables into, CancellationToken cancellation)
    {
        await foreach (var row in Rows(tables.Published, new() { PartitionKey = "journeys" }, cancellation))
            if (row.GetBoolean("Paused") == true)
                await into.Published.Upsert(
                    new Row("journeys", row.RowKey) { { "Paused", true } }, UpdateMode.Replace, cancellation);
    }

    /// <summary>Who is there, and who became whom.</summary>
    private async Task ReadPointers(Found found, CancellationToken cancellation)
    {
        await foreach (var row in Rows(tables.Customers, new(), cancellation))
            if (CustomerJson.Read(row).Value is var customer && customer.ErasedAt is null)
                if (customer.MergedInto is { } into) found.Merged[customer.Id] = into;
                else found.Customers.Add(customer.Id);
    }

    private static CustomerId? Whose(Found found, CustomerId? told)
    {
        while (told is { } id && found.Merged.TryGetValue(id, out var into)) told = into;
        return told is { } one && found.Customers.Contains(one) ? told : null;
    }

    /// <summary>Those to which something happened since; as they were, where they were placed before.</summary>
    private async Task ReadOrders(Found found, DateTimeOffset begin, Tables into, CancellationToken cancellation)
    {
        var writer = new RowWriter(into.Orders);
        await foreach (var row in Rows(tables.Orders, new(), cancellation))
        {
            var order = Documents.Read(row, CustomerJson.Order).Value;
            if (order.Fragment || order.Erased || order.Test || Whose(found, order.Customer) is not { } customer
                || OrderThen.Moments(order)[^1] <= begin) continue;
            order = order with { Customer = customer };
            if (!found.Orders.TryGetValue(customer, out var theirs)) found.Orders[customer] = theirs = [];
            theirs.Add(order);
            if (OrderThen.Of(order, begin) is { } then) await writer.Add(OrderStore.Row(then), cancellation);
        }
        await writer.Flush(cancellation);
    }

    /// <summary>Timelines come customer by customer: what began before is over, what they agreed to, how they answered
    /// mails, what went.</summary>
    private async Task ReadTimelines(
        Found found, DateTimeOffset begin, Tables into, PeriodTally went, CancellationToken cancellation)
    {
        var writer = new RowWriter(into.Timeline);
        List<(string, ConsentRecord)> said = [];
        CustomerId? whose = null;
        await foreach (var row in Rows(tables.Timeline, new(), cancellation))
        {
            if (Whose(found, new(row.PartitionKey)) is not { } customer) continue;
            if (customer != whose) (whose, said) = (customer, []);
            switch (row.RowKey[0])
            {
                case 'c':
                    said.Add((row.RowKey.Split('|', 3)[2], Documents.Read(row, CustomerJson.ConsentRecord).Value));
                    if (said[^1].Item2.At > begin) found.Said.TryAdd(customer, said);
                    break;
                case 'e' when Enrollment.Read(row).Value is var walk:
                    if (walk.StartedAt <= begin) await writer.Add(Over(walk, customer, begin).Entity(), cancellation);
                    else if (IsToldOnlyThere(walk.Trigger) && walk.Trigger.At > begin)
                        found.Happened.TryAdd(
                            walk.Trigger.Id, new PastEvent.Happened(walk.Trigger with { Customer = customer }));
                    break;
                case 'g':
                    Answered(found, customer, Documents.Read(row, EngagementJson.Record).Value, begin);
                    break;
                case 's':
                    went.Add(Documents.Read(row, SendJson.Send).Value);
                    break;
            }
        }
        await writer.Flush(cancellation);
    }

    /// <summary>What began before the playing is not played on: where everybody stood then is not kept.</summary>
    private static Enrollment Over(Enrollment walk, CustomerId customer, DateTimeOffset begin) => walk with
    {
        Id = walk.Id with { Customer = customer },
        Outcome = walk.Outcome ?? Outcome.Left,
        Because = walk.Because ?? "began before",
        EndedAt = walk.EndedAt is { } ended && ended < begin ? ended : begin,
        Until = null,
        BeginsAt = null,
        UnsettledUntil = null,
        Heard = [],
    };

    /// <summary>What is neither an order, a consent, an answer to a mail nor found by night: it is kept in the walk
    /// that it began, and nowhere else.</summary>
    private static bool IsToldOnlyThere(ShopEvent began) => !ToldElsewhere.Any(family =>
        began.Type.StartsWith(family, StringComparison.Ordinal));

    private static readonly string[] ToldElsewhere = ["order.", "customer.", "consent.", "mail."];

    private static void Answered(Found found, CustomerId customer, EngagementRecord record, DateTimeOffset begin)
    {
        if (record.DeliveredAt is not { } delivered || delivered <= begin) return;
        var reaction = new Reaction(record.OpenedAt - delivered, record.ClickedAt - delivered);
        if (reaction is not (null, null)) found.Reactions.TryAdd(Past.Key(customer, record.Mail), reaction);
    }

    private async Task ReadCustomers(Found found, DateTimeOffset begin, Tables into, CancellationToken cancellation)
    {
        var (writer, median) = (new RowWriter(into.Customers), (await products.Intervals()).Shop);
        await foreach (var row in Rows(tables.Customers, new(), cancellation))
        {
            if (CustomerJson.Read(row).Value is not { MergedInto: null, ErasedAt: null } customer) continue;
            var since = new Since(
                found.Orders.GetValueOrDefault(customer.Id, []), found.Said.GetValueOrDefault(customer.Id, []));
            await writer.Add(
                CustomerJson.Row(CustomerThen.Of(customer, begin, since, shop.Settings, median)), cancellation);
        }
        await writer.Flush(cancellation);
    }

    private static List<PastEvent> Events(Found found, Stretch stretch) =>
    [
        .. found.Happened.Values
            .Concat(found.Said.SelectMany(one => one.Value.Select(said =>
                new PastEvent.Said(one.Key, said.Item1, said.Item2))))
            .Concat(found.Orders.SelectMany(one => one.Value.SelectMany(order => OrderThen.Moments(order).Select(at =>
                new PastEvent.Ordered(at, one.Key, order)))))
            .Where(one => one.At > stretch.Begin && one.At <= stretch.End)
            .OrderBy(one => one.At).ThenBy(one => one.Rank),
    ];
}

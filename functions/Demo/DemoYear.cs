using System.Globalization;
using Automation.Marketing;
using Automation.Marketing.Chat;
using Automation.Marketing.Insights;
using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Shop;
using Automation.Storage;

namespace Automation.Functions.Demo;

/// <summary>A plausible year of a shop, so that every page has something real to show: the rows a year of orders, mails
/// and letters would have left, written at once. The same number of customers is the same shop, up to the day it is
/// asked.</summary>
public sealed class DemoYear(IServiceProvider made, string source)
{
    /// <summary>How many customers where nothing is said.</summary>
    public const int Usual = 50_000;

    private const int Batch = 2_000, PerTransaction = 100, AtOnce = 32;

    private readonly Tables tables = made.GetRequiredService<Tables>();

    /// <summary>Has this data folder a demo's year, or part of one?</summary>
    public static string Marker(string dataFolder) => Path.Combine(dataFolder, "demo");

    /// <param name="progress">Called with how many of the customers are there.</param>
    public async Task Write(int customers, Action<int> progress, CancellationToken cancellation)
    {
        var now = made.GetRequiredService<TimeProvider>().GetUtcNow();
        var versions = made.GetRequiredService<PublishedJourneys>().All.ToDictionary(one => one.Id, one => one.Version);
        var rows = new DemoRows(source, versions, now);
        var people = new List<DemoPerson>(customers);
        await Products();
        foreach (var batch in Enumerable.Range(0, customers).Chunk(Batch))
        {
            var some = batch.Select(n => DemoPerson.Of(n, now)).ToList();
            people.AddRange(some);
            await Write(tables.Customers, some.Select(person => CustomerJson.Row(DemoRows.Customer(person, source))),
                cancellation);
            await Write(tables.Identities, some.SelectMany(Identities), cancellation);
            await Write(tables.Orders,
                some.SelectMany(person => DemoRows.Orders(person, source)).Select(OrderStore.Row), cancellation);
            await Write(tables.Timeline, some.SelectMany(rows.Timeline), cancellation);
            await SetAlarms(some.Select(rows.OnTheWay).OfType<Enrollment>(), cancellation);
            progress(people.Count);
        }
        var issues = new DemoIssues(
            tables, made.GetRequiredService<IssueStore>(), made.GetRequiredService<ChunkLedger>(),
            made.GetRequiredService<CurrentShop>());
        foreach (var newsletter in made.GetRequiredService<PublishedNewsletters>().All())
            await issues.Write(newsletter, people, now, cancellation);
        await new DemoTalks(made.GetRequiredService<ChatService>()).Write(now, cancellation);
        await made.GetRequiredService<BuyingHabits>().Count(cancellation);
        await made.GetRequiredService<RegularsList>().Make(cancellation);
        await made.GetRequiredService<Tally>().Run(cancellation);
    }

    /// <summary>Whoever is on the way is woken when it is time, as if the walk had begun here.</summary>
    private Task SetAlarms(IEnumerable<Enrollment> walks, CancellationToken cancellation)
    {
        var alarms = made.GetRequiredService<IJourneyOrchestrations>();
        return Parallel.ForEachAsync(
            walks, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (walk, _) => await alarms.Start(walk.Id, walk.Turn));
    }

    private Task Products() => Write(tables.Products, DemoWords.Products.Select(product => Documents.Entity(
        source, product.Id, new Product
        {
            Source = source,
            Id = product.Id,
            Title = product.Title,
            Price = product.Price,
            Currency = "JPY",
            Url = null,
            ImageUrl = null,
        },
        CustomerJson.Product)), default);

    private IEnumerable<Row> Identities(DemoPerson person) => DemoRows.Identities(person, source).Select(identity =>
    {
        var colon = identity.IndexOf(':', StringComparison.Ordinal);
        return new Row(Keys.Shard(identity),
            $"{identity[..colon]}:{Keys.Safe(identity[(colon + 1)..])}") { { "CustomerId", person.Id } };
    });

    /// <summary>By partition, many transactions at a time; what an earlier try wrote is written over.</summary>
    private static Task Write(Table table, IEnumerable<Row> rows, CancellationToken cancellation) =>
        Parallel.ForEachAsync(
            rows.GroupBy(row => row.PartitionKey).SelectMany(partition => partition.Chunk(PerTransaction)),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (some, _) =>
            {
                var answer = await table.Submit(
                    [.. some.Select(row => new RowAction(RowActionKind.UpsertReplace, row))], cancellation);
                if (!answer.Done) throw new IOException(string.Create(
                    CultureInfo.InvariantCulture, $"{table.Name} answered {answer.Status}."));
            });
}

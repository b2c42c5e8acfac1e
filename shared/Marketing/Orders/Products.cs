using System.Collections.Concurrent;
using Automation.Marketing.People;
using Automation.Storage;

namespace Automation.Marketing.Orders;

/// <summary>What the shop sells, learnt from its orders; what was seen lately is remembered, so that most orders cost
/// nothing here.</summary>
public sealed class Products(Tables tables)
{
    private const int Remembered = 20_000;
    private readonly ConcurrentDictionary<string, Product> seen = new();

    public async Task Learn(Order order)
    {
        foreach (var line in order.Lines)
        {
            if (line.ProductId is not { } id || line.Title.Length == 0) continue;
            var product = new Product
            {
                Source = order.Source,
                Id = id,
                Title = line.Title,
                Price = line.Price,
                Currency = order.Currency,
                Url = line.Url,
                ImageUrl = line.ImageUrl,
            };
            if (seen.TryGetValue(product.Key, out var known) && known == product) continue;
            await tables.Products.Upsert(Documents.Entity(
                Keys.Safe(order.Source), Keys.Safe(id), product, CustomerJson.Product), UpdateMode.Replace);
            if (seen.Count >= Remembered) seen.Clear();
            seen[product.Key] = product;
        }
    }

    /// <summary>The product of a key <c>{source}:{product id}</c>.</summary>
    public async ValueTask<Product?> Find(string key)
    {
        if (key.IndexOf(':') is not (> 0 and var colon)) return null;
        return await tables.Products.Find(Keys.Safe(key[..colon]), Keys.Safe(key[(colon + 1)..])) is { } row
            ? Documents.Read(row, CustomerJson.Product).Value : null;
    }

    /// <summary>The shop's usual intervals; one row.</summary>
    public async ValueTask<Intervals> Intervals() => await tables.Products.Find("shop", "interval") is { } row
        ? new(
            row.GetDouble("Days"),
            row.GetString("Doc") is null ? [] : Documents.Read(row, CustomerJson.Days).Value)
        : Orders.Intervals.Unknown;

    internal Task Keep(Intervals intervals)
    {
        var row = Documents.Entity(
            "shop", "interval", new Dictionary<string, double>(intervals.Products), CustomerJson.Days);
        row.Add("Days", intervals.Shop);
        return tables.Products.Upsert(row, UpdateMode.Replace);
    }

    /// <summary>What customers bought in a later order than this product: <c>{source}:{product id}</c> → how many
    /// customers.</summary>
    public async ValueTask<IReadOnlyDictionary<string, int>> Next(string key) =>
        await tables.Products.Find("next", Keys.Safe(key)) is { } row ? Documents.Read(row, CustomerJson.Counts).Value
            : None;

    /// <summary>What is bought after what most often, by title; products whose title is not known are left
    /// out.</summary>
    public async Task<IReadOnlyList<(string First, string Then, int Customers)>> Pairs(
        int most, CancellationToken cancellation)
    {
        var page = await tables.Products.QueryPage(new TableQuery { PartitionKey = "next" }, null, cancellation);
        var pairs = from row in page.Values
                    from next in Documents.Read(row, CustomerJson.Counts).Value
                    orderby next.Value descending, row.RowKey, next.Key
                    select (First: row.RowKey, Then: next.Key, Customers: next.Value);
        List<(string, string, int)> named = [];
        var titles = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (first, then, customers) in pairs.Take(2 * most))
            if (named.Count < most && Keys.Text(first) is { } key && await Title(key) is { } one
                && await Title(then) is { } other)
                named.Add((one, other, customers));
        return named;

        async ValueTask<string?> Title(string key) => titles.TryGetValue(key, out var known)
            ? known
            : titles[key] = (await Find(key))?.Title;
    }

    /// <summary><see cref="Next"/> of every product, by safe key.</summary>
    internal async Task<Dictionary<string, Dictionary<string, int>>> AllNext()
    {
        var all = new Dictionary<string, Dictionary<string, int>>(StringComparer.Ordinal);
        await foreach (var row in tables.Products.Query(new TableQuery { PartitionKey = "next" }))
            all[row.RowKey] = Documents.Read(row, CustomerJson.Counts).Value;
        return all;
    }

    internal Task KeepNext(string key, Dictionary<string, int> counts) =>
        tables.Products.Upsert(
            Documents.Entity("next", Keys.Safe(key), counts, CustomerJson.Counts), UpdateMode.Replace);

    private static readonly Dictionary<string, int> None = [];
}

using System.Collections.Concurrent;
using Automation.Marketing.People;
using Automation.Marketing.Shop;
using Facts = Automation.Marketing.Customers.Facts;

namespace Automation.Marketing.Orders;

/// <summary>What to propose next: what others bought after the same things, never what this customer has bought or sent
/// back.</summary>
/// <param name="remembers">Reads each product and what follows it once: for an issue, which asks for many customers of
/// one shop within minutes.</param>
public sealed class Suggestions(Products products, bool remembers = false)
{
    /// <summary>How many of the latest products are looked at, and how many suggestions are made.</summary>
    private const int LookedAt = 6, Made = 3;
    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, int>> followers = new();
    private readonly ConcurrentDictionary<string, Suggestion?> known = new();

    /// <summary>Best first; the shop's own recommendations fill up; empty where nothing is known.</summary>
    public async ValueTask<IReadOnlyList<Suggestion>> For(Customer customer, ShopSettings shop)
    {
        var bought = Facts.Products(customer.Orders);
        var never = new HashSet<string>(bought, StringComparer.Ordinal);
        never.UnionWith(Facts.Returned(customer.Orders));
        Dictionary<string, int>? votes = null;
        for (var n = Math.Max(0, bought.Count - LookedAt); n < bought.Count; n++)
            foreach (var (next, count) in await Next(bought[n]))
                if (!never.Contains(next))
                    (votes ??= new(StringComparer.Ordinal))[next] = votes.GetValueOrDefault(next) + count;

        var made = new List<Suggestion>(Made);
        if (votes is not null)
            foreach (var (key, _) in votes.OrderByDescending(vote => vote.Value).ThenBy(
                vote => vote.Key, StringComparer.Ordinal))
            {
                if (made.Count == Made) return made;
                if (await Find(key, shop) is { } suggestion) made.Add(suggestion);
            }
        foreach (var own in Own(shop))
            if (made.Count < Made && !made.Exists(one => one.ProductId == own.ProductId)
                && !never.Any(key => IsOf(key, own.ProductId)))
                made.Add(own);
        return made;
    }

    /// <summary>What the shop itself recommends, made once until shop.json changes.</summary>
    private IReadOnlyList<Suggestion> Own(ShopSettings shop)
    {
        if (own is { } known && ReferenceEquals(known.Shop, shop)) return known.Suggestions;
        var made = new Recommended(shop, [.. shop.Recommend.Select(product => new Suggestion
        {
            ProductId = product.Id,
            Title = product.Title,
            Url = product.Url ?? shop.PageOf(product.Id, product.Title),
            Price = product.Price,
            ImageUrl = product.ImageUrl,
        })]);
        own = made;
        return made.Suggestions;
    }

    private volatile Recommended? own;

    private sealed record Recommended(ShopSettings Shop, IReadOnlyList<Suggestion> Suggestions);

    /// <summary>Is it the key (source:id) of that product?</summary>
    private static bool IsOf(string key, string id) =>
        key.Length > id.Length && key[^(id.Length + 1)] == ':' && key.EndsWith(id, StringComparison.Ordinal);

    private async ValueTask<IReadOnlyDictionary<string, int>> Next(string key) =>
        !remembers ? await products.Next(key)
            : followers.TryGetValue(key, out var found) ? found : followers[key] = await products.Next(key);

    private async ValueTask<Suggestion?> Find(string key, ShopSettings shop) =>
        !remembers ? Suggest(await products.Find(key), shop)
            : known.TryGetValue(key, out var found) ? found : known[key] = Suggest(await products.Find(key), shop);

    private static Suggestion? Suggest(Product? product, ShopSettings shop) =>
        product is null ? null : new()
        {
            ProductId = product.Id,
            Title = product.Title,
            Url = product.Url ?? shop.PageOf(product.Id, product.Title),
            Price = string.Equals(product.Currency, shop.Currency, StringComparison.OrdinalIgnoreCase)
                ? product.Price : null,
            ImageUrl = product.ImageUrl,
        };
}

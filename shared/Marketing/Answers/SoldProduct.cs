using System.Text.RegularExpressions;
using Automation.Marketing.People;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Answers;

/// <summary>A product as the chat may speak of it.</summary>
public sealed partial record SoldProduct
{
    /// <summary><c>{source}:{product id}</c>; of shop.json's own: <c>shop:{id}</c>.</summary>
    public required string Key { get; init; }
    public required string Title { get; init; }

    /// <summary>For one; null: not known.</summary>
    public required decimal? Price { get; init; }
    public required string Currency { get; init; }
    public required string? Url { get; init; }

    /// <summary>The shop says so itself (<c>recommend</c>); otherwise learnt from orders, so that its price is what
    /// was paid lately.</summary>
    public required bool IsOwn { get; init; }

    /// <summary>The shop's own word first; of several learnt under one title the first.</summary>
    public static IReadOnlyList<SoldProduct> Of(ShopSettings shop, IEnumerable<Product> learnt)
    {
        var (all, ids, titles) = (new List<SoldProduct>(), new HashSet<string>(), new HashSet<string>());
        foreach (var own in shop.Recommend)
            if (ids.Add(own.Id) & titles.Add(own.Title)) all.Add(new()
            {
                Key = $"shop:{own.Id}",
                Title = own.Title,
                Price = own.Price,
                Currency = shop.Currency,
                Url = own.Url ?? shop.PageOf(own.Id, own.Title),
                IsOwn = true,
            });
        foreach (var one in learnt)
            if (!ids.Contains(one.Id) && titles.Add(one.Title)) all.Add(new()
            {
                Key = one.Key,
                Title = one.Title,
                Price = one.Price,
                Currency = one.Currency,
                Url = one.Url ?? shop.PageOf(one.Id, one.Title),
                IsOwn = false,
            });
        return all;
    }

    /// <summary>The words it is called by: without sizes and weights.</summary>
    internal string Called => Sizes().Replace(Search.Width.Fold(Title), " ");

    [GeneratedRegex(
        @"\d+(\.\d+)?\s*(kg|g|mg|ml|l|cc|cm|mm|個|枚|本|袋|包|セット|入り?)", RegexOptions.IgnoreCase)]
    private static partial Regex Sizes();
}

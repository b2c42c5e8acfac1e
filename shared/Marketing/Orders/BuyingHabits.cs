using Automation.Marketing.Customers;
using Automation.Marketing.People;

namespace Automation.Marketing.Orders;

/// <summary>What all customers together show: what is bought after what, and how often people come. Sums are made anew
/// in memory and written where they changed: begun again after a kill, nothing is counted twice.</summary>
public sealed class BuyingHabits(CustomerStore customers, Products products)
{
    private const int EnoughIntervals = 5, KeptNext = 20, KeptProducts = 2_000;

    /// <summary>What is bought after what, and how often people come; answers the shop's median interval,
    /// days.</summary>
    public async Task<double?> Count(CancellationToken cancellation)
    {
        var (intervals, again) = (new List<double>(), new Dictionary<string, List<double>>(StringComparer.Ordinal));
        var next = new Dictionary<string, Dictionary<string, int>>(StringComparer.Ordinal);
        await foreach (var (customer, _) in customers.InShard(null).WithCancellation(cancellation))
        {
            intervals.AddRange(Facts.Intervals(customer.Orders));
            foreach (var (product, days) in Facts.IntervalsByProduct(customer.Orders))
            {
                if (!again.TryGetValue(product, out var all)) again[product] = all = [];
                all.AddRange(days);
            }
            foreach (var (product, later) in CoPurchases.Of(customer.Orders))
            {
                if (!next.TryGetValue(product, out var counts)) next[product] = counts = new(StringComparer.Ordinal);
                counts[later] = counts.GetValueOrDefault(later) + 1;
            }
        }
        double? median = intervals.Count >= EnoughIntervals ? Facts.Median(intervals) : null;
        var usual = new Intervals(median, again.Where(pair => pair.Value.Count >= EnoughIntervals)
            .OrderByDescending(pair => pair.Value.Count).ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Take(KeptProducts)
            .ToDictionary(pair => pair.Key, pair => Math.Round(Facts.Median(pair.Value)!.Value, 1)));
        var had = await products.Intervals();
        if (had.Shop != usual.Shop || had.Products.Count != usual.Products.Count
            || usual.Products.Any(pair => !had.Products.TryGetValue(pair.Key, out var days) || days != pair.Value))
            await products.Keep(usual);
        var kept = await products.AllNext();
        foreach (var (product, counts) in next)
        {
            var top = counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
                .Take(KeptNext).ToDictionary();
            if (!kept.TryGetValue(Keys.Safe(product), out var known) || known.Count != top.Count || top.Any(
                pair => known.GetValueOrDefault(pair.Key) != pair.Value)) await products.KeepNext(product, top);
        }
        return median;
    }
}

/// <summary>Which products one customer bought after which: each pair once, in different orders, what came back left
/// out.</summary>
public static class CoPurchases
{
    public static IReadOnlyCollection<(string Product, string Later)> Of(OrderFacts facts)
    {
        var (pairs, before) = (new HashSet<(string, string)>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var order in facts.Latest)
        {
            if (order.Void) continue;
            foreach (var later in order.Products)
                if (!before.Contains(later))
                    foreach (var product in before) pairs.Add((product, later));
            before.UnionWith(order.Products);
        }
        return pairs;
    }
}

using Automation.Marketing.Customers;
using Automation.Marketing.People;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Orders;

/// <summary>Once a day: who is late by their own rhythm, what is bought after what, how often people come, and what the
/// day means for journeys. Sums are made anew in memory and written at the end where they changed, lateness is
/// remembered per customer: begun again after a kill, nothing is counted or said twice.</summary>
public sealed class LatenessScan(
    CustomerStore customers, Products products, Regulars regulars, CurrentShop shop, IShopEvents events,
    INightWatch watch, TimeProvider time)
{
    private const int EnoughIntervals = 5, KeptNext = 20, KeptProducts = 2_000;

    /// <summary>One scan; answers how many customers were said to be late.</summary>
    public async Task<int> Scan(CancellationToken cancellation = default)
    {
        var (median, late, night) = (await Count(cancellation), 0, watch.Begin());
        await List(
            async customer =>
            {
                await night.Look(customer);
                if (await Sense(customer, median)) late++;
            },
            cancellation);
        await night.End(cancellation);
        return late;
    }

    /// <summary>Who is late and who became a regular, for people to look at; nobody is told.</summary>
    public Task List(CancellationToken cancellation) => List(_ => Task.CompletedTask, cancellation);

    private async Task List(Func<Customer, Task> look, CancellationToken cancellation)
    {
        var (latest, newest) =
            (new PriorityQueue<LateRegular, double>(), new PriorityQueue<NewRegular, DateTimeOffset>());
        var now = time.GetUtcNow();
        await foreach (var customer in Everybody(cancellation))
        {
            await look(customer);
            if (customer.Test) continue;
            if (Regularity.Late(customer, shop.Settings.Late.Threshold, now) is { } absent)
                Note(latest, absent, absent.Lateness(now));
            if (Regularity.New(customer, now) is { } regular) Note(newest, regular, regular.ThirdAt);
        }
        await Keep(latest, newest, cancellation);
    }

    /// <summary>Of many those with the highest rank stay.</summary>
    private static void Note<T, TRank>(PriorityQueue<T, TRank> most, T one, TRank rank)
    {
        if (most.Count < Regulars.Most) most.Enqueue(one, rank);
        else most.EnqueueDequeue(one, rank);
    }

    /// <summary>Whoever was erased or merged since they were read is taken off the lists again.</summary>
    private async Task Keep(
        PriorityQueue<LateRegular, double> late, PriorityQueue<NewRegular, DateTimeOffset> regular,
        CancellationToken cancellation)
    {
        var added = await regulars.Keep(
            late.UnorderedItems.Select(one => one.Element), regular.UnorderedItems.Select(one => one.Element),
            cancellation);
        foreach (var id in added.Distinct())
            if (await customers.Row(id) is not { Value: { MergedInto: null, ErasedAt: null } })
                await regulars.Forget(id);
    }

    /// <summary>What is bought after what, and how often people come; answers the shop's median interval,
    /// days.</summary>
    public async Task<double?> Count(CancellationToken cancellation)
    {
        var (intervals, again) = (new List<double>(), new Dictionary<string, List<double>>(StringComparer.Ordinal));
        var next = new Dictionary<string, Dictionary<string, int>>(StringComparer.Ordinal);
        await foreach (var customer in Everybody(cancellation))
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

    /// <summary>Says it first, then remembers that it was said: killed in between, it is said again under the same
    /// id.</summary>
    private async Task<bool> Sense(Customer customer, double? median)
    {
        var now = time.GetUtcNow();
        if (customer.Test || Facts.Last(customer.Orders) is not { } last || customer.LateSaidFor >= last.At)
            return false;
        if (Facts.Lateness(customer.Orders, median, now) is not { } lateness || lateness < shop.Settings.Late.Threshold)
            return false;
        await events.Handle(new ShopEvent
        {
            Id = $"late:{customer.Id}:{last.Key}",
            Type = EventTypes.CustomerLate,
            At = now,
            Customer = customer.Id
        }, customer, null, false);
        await customers.Change(customer.Id, has => has with { LateSaidFor = last.At });
        return true;
    }

    private async IAsyncEnumerable<Customer> Everybody(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var stored in customers.InShard(null).WithCancellation(cancellation)) yield return stored.Value;
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

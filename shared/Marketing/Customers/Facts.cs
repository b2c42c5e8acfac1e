using Automation.Marketing.People;

namespace Automation.Marketing.Customers;

/// <summary>Arithmetic over a customer's orders. Pure: the same order told twice counts once, a correction replaces
/// what was said before.</summary>
public static class Facts
{
    /// <summary>The facts with this order in them, replacing what was known of it.</summary>
    /// <param name="counted">The order as its row has it, where it was counted before: what the sums hold of it should
    /// it not be among the kept ones.</param>
    public static OrderFacts Apply(OrderFacts facts, OrderSummary order, OrderSummary? counted = null)
    {
        var latest = facts.Latest;
        var at = 0;
        while (at < latest.Count && latest[at].Key != order.Key) at++;
        if (at == latest.Count && Summed(facts, order.Key, counted) is { } summed)
            return Collapse(Sum(facts, summed, -1), order);
        if (at == latest.Count && latest.Count >= OrderFacts.Kept && Compare(order, latest[0]) < 0)
            return Collapse(facts, order);
        var orders = new List<OrderSummary>(latest.Count + 1);
        for (var i = 0; i < latest.Count; i++) if (i != at) orders.Add(latest[i]);
        var place = orders.Count;
        while (place > 0 && Compare(orders[place - 1], order) > 0) place--;
        orders.Insert(place, order);
        // One of those that the source had only counted is told after all, by an import say.
        var untold = at == latest.Count && place == 0 && latest.Count > 0
            ? Math.Max(0, facts.Untold - 1)
            : facts.Untold;
        var changed = facts with { Latest = orders, Untold = untold };
        while (orders.Count > OrderFacts.Kept)
        {
            changed = Collapse(changed, orders[0]);
            orders.RemoveAt(0);
        }
        return changed;
    }

    /// <summary>The facts with the source's own count at its latest order: whoever has bought twelve times before the
    /// shop was connected is not here for the first time.</summary>
    /// <param name="there">How many the source counts, up to this order; null: it does not say.</param>
    public static OrderFacts Reckon(OrderFacts facts, OrderSummary order, int? there)
    {
        if (there is not { } count || facts.OlderFirstAt is not null) return facts;
        var source = order.Key[..(order.Key.IndexOf(':', StringComparison.Ordinal) + 1)];
        var told = 0;
        foreach (var known in facts.Latest)
        {
            if (!known.Key.StartsWith(source, StringComparison.Ordinal)) continue;
            if (Compare(known, order) > 0) return facts;
            told++;
        }
        var untold = Math.Max(0, count - told);
        return untold == facts.Untold ? facts : facts with { Untold = untold };
    }

    /// <summary>Both customers' orders as one's; with <paramref name="again"/> the other's sums are in
    /// already.</summary>
    public static OrderFacts Unite(OrderFacts one, OrderFacts other, bool again)
    {
        var united = again ? one : one with
        {
            OlderCount = one.OlderCount + other.OlderCount,
            OlderTotal = one.OlderTotal + other.OlderTotal,
            OlderFirstAt = Earlier(one.OlderFirstAt, other.OlderFirstAt),
            OlderTold = [.. one.OlderTold.Concat(other.OlderTold).TakeLast(OrderFacts.Told)],
        };
        // What became older than the kept ones when it was done before is in the sums since.
        foreach (var order in other.Latest) united = Apply(
            united, order, again && united.Latest.Count > 0 && Compare(order, united.Latest[0]) < 0 ? order : null);
        return united with { Untold = again ? one.Untold : one.Untold + other.Untold };
    }

    public static int Count(OrderFacts facts) =>
        facts.Untold + facts.OlderCount + facts.Latest.Count(order => !order.Void);

    /// <summary>Lifetime value: totals less refunds, in the shop's currency.</summary>
    public static decimal Total(OrderFacts facts) => facts.OlderTotal + facts.Latest.Sum(Worth);

    public static DateTimeOffset? FirstAt(OrderFacts facts) =>
        facts.OlderFirstAt ?? facts.Latest.FirstOrDefault(order => !order.Void)?.At;

    public static DateTimeOffset? LastAt(OrderFacts facts) => Last(facts)?.At;

    /// <summary>The latest order that counts.</summary>
    public static OrderSummary? Last(OrderFacts facts) => facts.Latest.LastOrDefault(order => !order.Void);

    /// <summary>Bought and not returned, each once, oldest first.</summary>
    public static IReadOnlyList<string> Products(OrderFacts facts) =>
        EachOnce(facts, order => order.Void ? [] : order.Products);

    /// <summary>Came back at least once: never to be recommended.</summary>
    public static IReadOnlyList<string> Returned(OrderFacts facts) => EachOnce(facts, order => order.Returned);

    /// <summary>In loops: an issue asks for every customer.</summary>
    private static List<string> EachOnce(OrderFacts facts, Func<OrderSummary, IReadOnlyList<string>> keys)
    {
        var (once, seen) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var order in facts.Latest)
            foreach (var key in keys(order)) if (seen.Add(key)) once.Add(key);
        return once;
    }

    /// <summary>Days between this customer's orders, two on the same day (less than 24 hours apart) being one visit;
    /// ascending in time.</summary>
    public static IReadOnlyList<double> Intervals(OrderFacts facts)
    {
        var intervals = new List<double>();
        DateTimeOffset? before = null;
        foreach (var order in facts.Latest)
        {
            if (order.Void) continue;
            if (before is { } last && (order.At - last).TotalDays is >= 1 and var days) intervals.Add(days);
            else if (before is not null) continue;
            before = order.At;
        }
        return intervals;
    }

    /// <summary>Days between purchases of the same product, of those bought more than once; two on the same day being
    /// one.</summary>
    public static IEnumerable<(string Product, IReadOnlyList<double> Days)> IntervalsByProduct(OrderFacts facts)
    {
        var bought = new Dictionary<string, List<OrderSummary>>(StringComparer.Ordinal);
        foreach (var order in facts.Latest)
            if (!order.Void)
                foreach (var product in order.Products)
                    if (bought.TryGetValue(product, out var orders)) orders.Add(order);
                    else bought[product] = [order];
        foreach (var (product, orders) in bought)
            if (orders.Count > 1 && Intervals(facts with { Latest = orders }) is { Count: > 0 } days)
                yield return (product, days);
    }

    /// <summary>After how many days the first of the products is usually bought again: the customer's own median where
    /// they bought it three times, else the shop's. Null: of none of them anything is known.</summary>
    public static double? UsualIntervalDays(
        OrderFacts facts, IEnumerable<string> products, IReadOnlyDictionary<string, double> shop)
    {
        double? soonest = null;
        foreach (var product in products)
        {
            var orders = facts.Latest.Where(order => order.Products.Contains(product)).ToList();
            double? usual = Intervals(facts with { Latest = orders }) is { Count: >= 2 } own ? Median(own)
                : shop.TryGetValue(product, out var days) ? days : null;
            if (usual is { } one && !(soonest <= one)) soonest = one;
        }
        return soonest;
    }

    /// <summary>The median of the customer's own intervals from three orders on; before that the shop's, where there is
    /// one.</summary>
    public static double? UsualIntervalDays(OrderFacts facts, double? shopMedian) =>
        Intervals(facts) is { Count: >= 2 } own ? Median(own) : shopMedian;

    public static double? DaysSinceLast(OrderFacts facts, DateTimeOffset now) =>
        LastAt(facts) is { } last ? (now - last).TotalDays : null;

    /// <summary>Days since the last order / usual interval: 1 is on time, 2 is twice as long as usual.</summary>
    public static double? Lateness(OrderFacts facts, double? shopMedian, DateTimeOffset now) =>
        DaysSinceLast(facts, now) is { } days && UsualIntervalDays(facts, shopMedian) is > 0 and var usual
            ? days / usual : null;

    public static double? Median(IReadOnlyList<double> values)
    {
        if (values.Count == 0) return null;
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>What the sums hold of an order; null: nothing.</summary>
    private static OrderSummary? Summed(OrderFacts facts, string key, OrderSummary? counted) =>
        facts.OlderTold.FirstOrDefault(told => told.Key == key) ?? (facts.OlderFirstAt is null ? null : counted);

    private static OrderFacts Collapse(OrderFacts facts, OrderSummary order) => Sum(facts, order, 1) with
    {
        OlderFirstAt = order.Void ? facts.OlderFirstAt : Earlier(facts.OlderFirstAt, order.At),
        OlderTold = [.. facts.OlderTold.Where(told => told.Key != order.Key).TakeLast(OrderFacts.Told - 1),
            order with { Products = [], Returned = [] }],
    };

    private static OrderFacts Sum(OrderFacts facts, OrderSummary order, int times) => facts with
    {
        OlderCount = facts.OlderCount + (order.Void ? 0 : times),
        OlderTotal = facts.OlderTotal + times * Worth(order),
    };

    private static decimal Worth(OrderSummary order) => order.Void ? 0 : (order.Total ?? 0) - order.Refunded;

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other < one ? other ?? one : one;

    private static int Compare(OrderSummary one, OrderSummary other) =>
        one.At != other.At ? one.At.CompareTo(other.At) : string.CompareOrdinal(one.Key, other.Key);
}

using Automation.Marketing.Customers;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Replays;

/// <summary>What became known of a customer after a moment.</summary>
/// <param name="Orders">Theirs to which something happened after it, as last seen.</param>
/// <param name="Said">All they ever said of what they agree to, where something of it was said after it.</param>
public sealed record Since(
    IReadOnlyList<Order> Orders, IReadOnlyList<(string Channel, ConsentRecord Said)> Said);

/// <summary>Customers as they were: their orders, their consent and what follows from both. Name, address, tags,
/// attributes and what they may not be sent are as they are now: when those changed is not kept. Pure.</summary>
public static class CustomerThen
{
    /// <param name="shopMedian">The shop's usual interval, days; null: not known.</param>
    public static Customer Of(
        Customer now, DateTimeOffset at, Since since, ShopSettings shop, double? shopMedian)
    {
        var facts = since.Orders.Aggregate(now.Orders, (facts, order) => Before(facts, order, at, shop.Currency));
        var late = Facts.Last(facts) is { } last
            && Facts.Lateness(facts, shopMedian, at) is { } lateness && lateness >= shop.Late.Threshold
            ? last.At : (DateTimeOffset?)null;
        return now with
        {
            Orders = facts,
            Consent = Agreed(now.Consent, at, since.Said),
            Recent = [.. now.Recent.Where(send => send.At <= at)],
            // Whoever was late by then had been missed before.
            LateSaidFor = late,
            Became = new Dictionary<string, Became>(),
        };
    }

    private static OrderFacts Before(OrderFacts facts, Order order, DateTimeOffset at, string currency)
    {
        var known = OrderMerging.Summary(order, currency);
        if (OrderThen.Of(order, at) is { } then)
            return Facts.Apply(facts, OrderMerging.Summary(then, currency), known);
        return facts.Latest.Any(one => one.Key == known.Key)
            ? facts with { Latest = [.. facts.Latest.Where(one => one.Key != known.Key)] }
            : Facts.Apply(facts, known with { Void = true }, known);
    }

    private static Dictionary<string, ConsentRecord> Agreed(
        IReadOnlyDictionary<string, ConsentRecord> now, DateTimeOffset at,
        IReadOnlyList<(string Channel, ConsentRecord Said)> said)
    {
        var then = now.Where(one => one.Value.At <= at).ToDictionary();
        foreach (var (channel, before) in said.Where(one => one.Said.At <= at).OrderBy(one => one.Said.At))
            if (!(then.TryGetValue(channel, out var holds) && holds.At >= before.At)) then[channel] = before;
        return then;
    }
}

using System.Text.Json;
using Automation.Marketing.People;

namespace Automation.Marketing.Orders;

/// <summary>One order out of everything told about it. Webhooks come twice, late and out of order; what is made of them
/// is the same in every order of arrival: contents are those of the latest version, and what happened once (paid,
/// shipped, refunded) is kept whoever told it.</summary>
public static class OrderMerging
{
    public static Order Merge(Order? known, Order told)
    {
        if (known is null) return Settle(told with { Deliveries = Union(null, told.Deliveries) });
        var (newer, older) = IsNewer(told, known) ? (told, known) : (known, told);
        return Settle(newer with
        {
            PaidAt = Earlier(known.PaidAt, told.PaidAt),
            FulfilledAt = Earlier(known.FulfilledAt, told.FulfilledAt),
            PartiallyFulfilled = known.PartiallyFulfilled || told.PartiallyFulfilled,
            // A source that only tells states may take a cancellation back (a late payment); the others never do.
            CancelledAt = newer.Status is not null ? newer.CancelledAt : Earlier(known.CancelledAt, told.CancelledAt),
            DeletedAt = known.DeletedAt > told.DeletedAt ? known.DeletedAt : told.DeletedAt ?? known.DeletedAt,
            Refunds = Told(Union(known.Refunds, told.Refunds)),
            Shipments = Union(known.Shipments, told.Shipments),
            Deliveries = Union(known.Deliveries, told.Deliveries),
            Fragment = known.Fragment && told.Fragment,
            Erased = known.Erased || told.Erased,
            Customer = known.Customer ?? told.Customer,
            Test = newer.Test || older.Test,
        });
    }

    /// <summary>What a file of the past says was refunded in all gives way to what the source tells of each.</summary>
    private static List<Refund> Told(List<Refund> refunds) =>
        refunds.Count > 1 ? [.. refunds.Where(refund => refund.Id != Refund.Imported)] : refunds;

    /// <summary>What one refund, shipment or deletion says about an order that may not be known yet.</summary>
    public static Order Fragment(string source, string id, DateTimeOffset at) => new()
    {
        Source = source,
        Id = id,
        Number = id,
        PlacedAt = at,
        UpdatedAt = at,
        Currency = "",
        Total = 0,
        Fragment = true,
    };

    /// <summary>The order as mails may speak of it.</summary>
    public static Order Worded(Order order) => order with
    {
        Number = Wording.Title(order.Number, 40) ?? order.Id,
        PaymentMethod = Wording.Title(order.PaymentMethod, 60),
        DiscountCodes = Few(order.DiscountCodes),
        Tags = Few(order.Tags),
        Lines = [.. order.Lines.Select(line => line with
        {
            Title = Wording.Title(line.Title) ?? "",
            Variant = Wording.Title(line.Variant),
            Sku = Wording.Title(line.Sku, 100),
            Url = Wording.Web(line.Url),
            ImageUrl = Wording.Web(line.ImageUrl),
        })],
    };

    /// <summary>Each once, on one line; null: none.</summary>
    private static List<string>? Few(IReadOnlyList<string>? texts) =>
        texts?.Select(text => Wording.Title(text, 100)).OfType<string>().Distinct().Take(50).ToList()
            is { Count: > 0 } few ? few : null;

    /// <summary>The order in its customer's facts; totals in another currency than the shop's are not added
    /// up.</summary>
    public static OrderSummary Summary(Order order, string shopCurrency)
    {
        var (products, returned) = (new List<string>(), new List<string>());
        foreach (var line in order.Lines)
        {
            if (line.ProductId is not { } product) continue;
            var back = order.Refunds.Any(refund => line.Id is { } id && refund.Lines.Contains(id)
                || refund.Lines.Contains(product));
            var list = back ? returned : products;
            var key = $"{order.Source}:{product}";
            if (!list.Contains(key)) list.Add(key);
        }
        var ours = order.Currency.Length == 0
            || string.Equals(order.Currency, shopCurrency, StringComparison.OrdinalIgnoreCase);
        return new OrderSummary
        {
            Key = order.Key,
            At = order.PlacedAt,
            Total = ours ? order.Total : null,
            Refunded = ours ? order.Refunded : 0,
            Void = order.IsVoid,
            Channel = order.Channel == "web" ? null : order.Channel,
            Products = [.. products.Except(returned)],
            Returned = returned,
        };
    }

    private static Order Settle(Order order)
    {
        var fulfilled = Earlier(order.FulfilledAt, order.Fragment ? null : Covered(order));
        var refunded = order.Refunds.Sum(refund => refund.Amount);
        return order with
        {
            Refunded = order.Fragment ? refunded
                : order.Refunds.Any(refund => refund.IsAll) ? order.Total : Math.Min(order.Total, refunded),
            FulfilledAt = fulfilled,
            DeliveredAt = order.Fragment ? null : Delivered(order, fulfilled),
            Contact = order.Erased ? null : order.Contact,
            PartiallyFulfilled = fulfilled is null
                && (order.PartiallyFulfilled || order.Shipments.Any(shipment => shipment.Lines.Count > 0)),
        };
    }

    /// <summary>When the last line left, judged by the shipments; null: not all of it has, or nobody told which lines
    /// there are.</summary>
    private static DateTimeOffset? Covered(Order order)
    {
        if (order.Shipments.Count == 0 || order.Lines.Count == 0) return null;
        var open = new Dictionary<string, decimal>();
        foreach (var line in order.Lines)
            if (line.Id is { } id) open[id] = line.Quantity;
            else return null;
        foreach (var shipment in order.Shipments.OrderBy(shipment => shipment.At))
        {
            foreach (var (line, quantity) in shipment.Lines)
                if (open.TryGetValue(line, out var left) && (open[line] = left - quantity) <= 0) open.Remove(line);
            if (open.Count == 0) return shipment.At;
        }
        return null;
    }

    /// <summary>When the source says so of the order, or when the last of its shipments arrived, all of it having been
    /// shipped; null: some of it is on its way, or nobody told.</summary>
    private static DateTimeOffset? Delivered(Order order, DateTimeOffset? fulfilled)
    {
        if (order.Deliveries is not { } arrived) return null;
        if (arrived.TryGetValue(Order.WholeOrder, out var whole)) return whole;
        var left = order.Shipments.Where(shipment => shipment.Lines.Count > 0).ToList();
        return fulfilled is null || left.Count == 0 || !left.TrueForAll(shipment => arrived.ContainsKey(shipment.Id))
            ? null
            : left.Max(shipment => arrived[shipment.Id]);
    }

    /// <summary>A full order before a fragment, the later version before the earlier; two of the same second by how far
    /// they got, then by their text.</summary>
    private static bool IsNewer(Order told, Order known)
    {
        if (told.Fragment != known.Fragment) return known.Fragment;
        if (told.UpdatedAt != known.UpdatedAt) return told.UpdatedAt > known.UpdatedAt;
        if (Progress(told.Status) != Progress(known.Status)) return Progress(told.Status) > Progress(known.Status);
        return string.CompareOrdinal(Contents(told), Contents(known)) > 0;
    }

    private static int Progress(string? status) => status switch
    {
        null or "pending" => 0,
        "on-hold" or "failed" => 1,
        "processing" => 2,
        "completed" or "delivered" => 3,
        "cancelled" => 4,
        "refunded" => 5,
        "trash" => 6,
        _ => 1,
    };

    /// <summary>What only the version decides, as text.</summary>
    private static string Contents(Order order) => JsonSerializer.Serialize(order with
    {
        PaidAt = null,
        FulfilledAt = null,
        PartiallyFulfilled = false,
        CancelledAt = order.Status is null ? null : order.CancelledAt,
        DeletedAt = null,
        Refunds = [],
        Refunded = 0,
        Shipments = [],
        Deliveries = null,
        DeliveredAt = null,
        Erased = false,
        Customer = null,
        Contact = null,
        Test = false,
    }, CustomerJson.Order);

    private static List<Refund> Union(IReadOnlyList<Refund> known, IReadOnlyList<Refund> told)
    {
        var refunds = known.ToDictionary(refund => refund.Id);
        foreach (var refund in told)
            refunds[refund.Id] = !refunds.TryGetValue(refund.Id, out var has) ? refund : has with
            {
                At = has.At < refund.At ? has.At : refund.At,
                Amount = Math.Max(has.Amount, refund.Amount),
                IsAll = has.IsAll && refund.IsAll,
                Lines = [.. has.Lines.Union(refund.Lines).Order(StringComparer.Ordinal)],
            };
        return [.. refunds.Values.OrderBy(refund => refund.At).ThenBy(refund => refund.Id, StringComparer.Ordinal)];
    }

    private static List<Shipment> Union(IReadOnlyList<Shipment> known, IReadOnlyList<Shipment> told)
    {
        var shipments = known.ToDictionary(shipment => shipment.Id);
        foreach (var shipment in told)
            if (!shipments.TryGetValue(shipment.Id, out var has) || shipment.UpdatedAt > has.UpdatedAt
                || shipment.UpdatedAt == has.UpdatedAt && shipment.Lines.Count < has.Lines.Count)
                shipments[shipment.Id] = shipment;
        return [.. shipments.Values.OrderBy(shipment => shipment.At).ThenBy(
            shipment => shipment.Id, StringComparer.Ordinal)];
    }

    private static SortedDictionary<string, DateTimeOffset>? Union(
        IReadOnlyDictionary<string, DateTimeOffset>? known, IReadOnlyDictionary<string, DateTimeOffset>? told)
    {
        if (known is null && told is null) return null;
        var arrived = new SortedDictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var (shipment, at) in (known ?? None).Concat(told ?? None))
            if (!arrived.TryGetValue(shipment, out var has) || at < has) arrived[shipment] = at;
        return arrived;
    }

    private static readonly Dictionary<string, DateTimeOffset> None = [];

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other < one ? other ?? one : one;
}

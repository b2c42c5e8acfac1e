using Automation.Marketing.Segments;
using Automation.Marketing.Shop;

namespace Automation.Console.Words;

/// <summary>How fields are called inside a sentence, and what their values are counted in.</summary>
public static class FieldWords
{
    /// <summary>The catalogue's Japanese names stand in a sentence as they are; its English ones describe.</summary>
    private static readonly Dictionary<string, string> English = new(StringComparer.Ordinal)
    {
        ["customer.id"] = "the customer's id",
        ["customer.email"] = "the e-mail address",
        ["customer.phone"] = "the phone number",
        ["customer.familyName"] = "the family name",
        ["customer.givenName"] = "the given name",
        ["customer.language"] = "the customer's language",
        ["customer.country"] = "the customer's country",
        ["customer.daysSinceCreated"] = "the time since the customer became known",
        ["customer.timeZone"] = "the customer's time zone",
        ["customer.tags"] = "the tags",
        ["customer.createdAt"] = "the day the customer became known",
        ["customer.consent.email"] = "consent by e-mail",
        ["customer.consent.line"] = "consent by LINE",
        ["customer.suppressed"] = "the channels that cannot be written to",
        ["customer.orders.count"] = "the number of orders",
        ["customer.orders.total"] = "the amount bought so far",
        ["customer.orders.averageTotal"] = "the average order",
        ["customer.orders.firstAt"] = "the first order",
        ["customer.orders.lastAt"] = "the latest order",
        ["customer.orders.products"] = "the products bought so far",
        ["customer.orders.firstProducts"] = "the products of the first order",
        ["customer.orders.lastProducts"] = "the products of the latest order",
        ["customer.orders.channels"] = "the sales channels used",
        ["customer.orders.daysSinceFirst"] = "the time since the first order",
        ["customer.orders.usualInterval"] = "the usual interval between orders",
        ["customer.orders.daysSinceLast"] = "the time since the latest order",
        ["customer.orders.lateness"] = "the lateness (time since the latest order by the usual interval)",
        ["order.id"] = "the order's id",
        ["order.number"] = "the order's number",
        ["order.total"] = "the order's total",
        ["order.refunded"] = "the amount refunded",
        ["order.currency"] = "the order's currency",
        ["order.source"] = "where the order came from",
        ["order.channel"] = "the sales channel",
        ["order.paymentMethod"] = "the way of payment",
        ["order.discountCodes"] = "the discount codes used",
        ["order.tags"] = "the order's tags",
        ["order.products"] = "the order's products",
        ["order.skus"] = "the order's SKUs",
        ["order.titles"] = "the order's product names",
        ["order.lineCount"] = "the number of lines",
        ["order.quantity"] = "the number of pieces",
        ["order.placedAt"] = "the order",
        ["order.paidAt"] = "the payment",
        ["order.fulfilledAt"] = "the shipping",
        ["order.deliveredAt"] = "the delivery",
        ["order.cancelledAt"] = "the cancellation",
        ["order.daysSincePlaced"] = "the time since the order",
        ["order.daysSincePaid"] = "the time since the payment",
        ["order.daysSinceFulfilled"] = "the time since the shipping",
        ["order.daysSinceDelivered"] = "the time since the delivery",
        ["order.partiallyFulfilled"] = "a shipping of only a part",
        ["order.usualInterval"] = "the usual interval until the order's products are bought again",
        ["event.type"] = "what happened",
        ["event.at"] = "when it happened",
        ["event.daysSince"] = "the time since it happened",
        ["event.mail"] = "the mail",
    };

    private static readonly HashSet<string> Money =
        ["customer.orders.total", "customer.orders.averageTotal", "order.total", "order.refunded"];

    private static readonly Dictionary<string, (string, string)> Units = new(StringComparer.Ordinal)
    {
        ["customer.orders.count"] = ("回", ""),
        ["customer.orders.usualInterval"] = ("日", "day|days"),
        ["order.usualInterval"] = ("日", "day|days"),
        ["customer.orders.daysSinceLast"] = ("日", "day|days"),
        ["customer.daysSinceCreated"] = ("日", "day|days"),
        ["customer.orders.daysSinceFirst"] = ("日", "day|days"),
        ["order.daysSincePlaced"] = ("日", "day|days"),
        ["order.daysSincePaid"] = ("日", "day|days"),
        ["order.daysSinceFulfilled"] = ("日", "day|days"),
        ["order.daysSinceDelivered"] = ("日", "day|days"),
        ["event.daysSince"] = ("日", "day|days"),
        ["order.lineCount"] = ("行", ""),
        ["order.quantity"] = ("点", ""),
    };

    private static readonly Dictionary<string, (string, string)> Values = new(StringComparer.Ordinal)
    {
        ["given"] = ("同意あり", "given"),
        ["withdrawn"] = ("取り消し", "withdrawn"),
        ["pending"] = ("確認待ち", "pending"),
        ["unknown"] = ("不明", "unknown"),
        ["web"] = ("オンライン", "online"),
        ["pos"] = ("店頭", "at the counter"),
    };

    public static string Name(string field, Language say)
    {
        if (field.StartsWith(Fields.AttributePrefix, StringComparison.Ordinal))
            return say[$"「{field[Fields.AttributePrefix.Length..]}」", $"“{field[Fields.AttributePrefix.Length..]}”"];
        if (say.IsJapanese)
            return Fields.TryFind(field, out var known) ? known.Japanese : $"「{Last(field)}」";
        return English.GetValueOrDefault(field) ?? $"“{Last(field)}”";
    }

    /// <summary>A number as the field counts: 10,000円, 3回.</summary>
    public static string Number(string field, decimal value, Language say, ShopSettings? shop) =>
        Money.Contains(field) ? say.Amount(value, shop?.Currency ?? "JPY")
        : Units.TryGetValue(field, out var unit) && (say.IsJapanese || unit.Item2.Length > 0)
            ? say.Count(value, unit.Item1, unit.Item2)
            : say.Number(value);

    /// <summary>A text as people read it; one of few known values by its name.</summary>
    public static string Text(string field, string value, Language say) =>
        Fields.TryFind(field, out var known) && known.Values?.Contains(value) == true
            && Values.TryGetValue(value, out var named)
            ? say[named.Item1, named.Item2]
            : say[$"「{value}」", $"“{value}”"];

    private static string Last(string field) => field[(field.IndexOf('.', StringComparison.Ordinal) + 1)..];
}

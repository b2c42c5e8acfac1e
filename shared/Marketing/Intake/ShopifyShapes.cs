using System.Text.Json;

namespace Automation.Marketing.Intake;

/// <summary>Shopify signs the body and not the topic: whoever has one signed body could have it read as another
/// topic's. So each topic's body must look as Shopify documents it, and like no other's. Pure.</summary>
internal static class ShopifyShapes
{
    private static readonly string[] OfOrders = [
        "line_items", "total_price", "total_price_set", "financial_status", "order_number"
    ];
    private const string OfCheckouts = "abandoned_checkout_url";
    private static readonly string[] OfRequests = ["shop_domain", "orders_to_redact", "data_request"];

    /// <summary>What is wrong with a body for its topic; null: nothing.</summary>
    public static string? Amiss(string topic, JsonElement body) => topic switch
    {
        "orders/create" or "orders/paid" or "orders/updated" or "orders/fulfilled" or "orders/partially_fulfilled" =>
            NoOrder(body),
        "orders/cancelled" => NoOrder(body) ?? (body.TryGetProperty("cancelled_at"u8, out var at)
            && at.ValueKind is JsonValueKind.Null ? "it was not cancelled" : null),
        "orders/delete" => Alien(body, [.. OfOrders, .. OfRequests, "order_id", "email"]),
        "refunds/create" => Lacks(body, "order_id") ?? (Has(body, "refund_line_items") || Has(body, "transactions")
            ? Alien(body, ["total_price", .. OfRequests])
            : "it has neither refund_line_items nor transactions"),
        "fulfillments/create" or "fulfillments/update" =>
            Lacks(body, "order_id", "line_items") ?? Alien(body, ["refund_line_items", "total_price", .. OfRequests]),
        "fulfillment_events/create" => Lacks(body, "order_id", "fulfillment_id", "status")
            ?? Alien(body, ["refund_line_items", "line_items", "total_price", .. OfRequests]),
        "checkouts/create" or "checkouts/update" => Lacks(body, OfCheckouts)
            ?? Alien(body, ["financial_status", "order_number", "order_id", .. OfRequests]),
        "checkouts/delete" => Alien(body, [.. OfOrders, .. OfRequests, "order_id", "email"]),
        "customers/create" or "customers/update" or "customers/enable" or "customers/disable" or "customers/delete" =>
            Alien(body, [.. OfOrders, .. OfRequests, "order_id", "customer"]),
        "customers/redact" =>
            Lacks(body, "shop_domain", "customer", "orders_to_redact") ?? Alien(body, [.. OfOrders, "data_request"]),
        "customers/data_request" => Lacks(body, "shop_domain", "customer", "orders_requested", "data_request")
            ?? Alien(body, [.. OfOrders, "orders_to_redact"]),
        "shop/redact" => Lacks(body, "shop_id", "shop_domain")
            ?? Alien(body, [.. OfOrders, "customer", "orders_to_redact", "orders_requested", "data_request"]),
        _ => null,
    };

    private static string? NoOrder(JsonElement body) =>
        Has(body, "order_id")
            ? "it belongs to an order (order_id) and is none"
            : Alien(body, [.. OfRequests, OfCheckouts]);

    private static string? Lacks(JsonElement body, params ReadOnlySpan<string> members)
    {
        foreach (var member in members) if (!Has(body, member)) return $"it has no {member}";
        return null;
    }

    private static string? Alien(JsonElement body, string[] members)
    {
        foreach (var member in members) if (Has(body, member)) return $"it has {member}";
        return null;
    }

    private static bool Has(JsonElement body, string member) =>
        body.TryGetProperty(member, out var value) && value.ValueKind is not JsonValueKind.Null;
}

namespace Automation.Marketing.Tests.Orders;

/// <summary>The webhooks Shopify sends over one order's life, as bodies.</summary>
internal static class Webhooks
{
    public static string Order(string id, int minute, string financial = "pending", string? fulfillment = null,
        string? cancelledAt = null, string more = "",
        string customer = """{"id":7001,"email":"Hanako@Example.jp","first_name":"花子","last_name":"佐藤"}""",
        string email = "hanako@example.jp", int total = 3000, bool accepts = false,
        string placed = "2026-11-20T01:00:00Z") => $$"""
        {"id":{{id}},"name":"#{{id}}","email":"{{email}}","currency":"JPY","total_price":"{{total}}",
          "financial_status":"{{financial}}",
         "fulfillment_status":{{(fulfillment is null ? "null" : $"\"{fulfillment}\"")}},
         "cancelled_at":{{(cancelledAt is null ? "null" : $"\"{cancelledAt}\"")}},
         "created_at":"{{placed}}","updated_at":"{{At(minute)}}","customer_locale":"ja",
           "buyer_accepts_marketing":{{(accepts ? "true" : "false")}},
         "customer":{{customer}},"billing_address":{"country_code":"JP","phone":"090-1234-5678"},
         "line_items":[{"id":11,"product_id":501,"title":"煎茶","quantity":1,"price":"1000"},{"id":12,"product_id":502,
           "title":"湯のみ","quantity":2,"price":"1000"}]{{more}} }
        """;

    public static string At(int minute) => new DateTimeOffset(2026, 11, 20, 1, 0, 0, TimeSpan.Zero).AddMinutes(minute)
        .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    public static string Refund(string order) =>
        $$"""{"id":900,"order_id":{{order}},"created_at":"{{At(60)}}","transactions":["""
        + $$"""{"kind":"refund","status":"success","amount":"1000","currency":"JPY"}],"refund_line_items":["""
        + $$"""{"line_item_id":11,"quantity":1}]}""";

    public static string Shipment(string order, int number, string line, int quantity, int minute) =>
        $$"""{"id":{{number}},"order_id":{{order}}"""
        + $$""","status":"success","created_at":"{{At(minute)}}","updated_at":"{{At(minute)}}","line_items":[{"id":"""
        + $$"""{{line}},"quantity":{{quantity}}}]}""";

    /// <summary>Placed, paid, shipped in two parcels, partly refunded, and at last cancelled.</summary>
    public static (string Topic, string Body)[] Life(string id) =>
    [
        ("orders/create", Order(id, 0)),
        ("orders/paid", Order(id, 5, "paid")),
        ("orders/updated", Order(id, 5, "paid")),
        ("orders/partially_fulfilled",
            Order(id, 30, "paid", "partial", more: $",\"fulfillments\":[{Shipment(id, 801, "11", 1, 30)}]")),
        ("fulfillments/create", Shipment(id, 801, "11", 1, 30)),
        ("fulfillments/create", Shipment(id, 802, "12", 2, 40)),
        ("orders/fulfilled", Order(id, 40, "paid", "fulfilled",
            more: $",\"fulfillments\":[{Shipment(id, 801, "11", 1, 30)},{Shipment(id, 802, "12", 2, 40)}]")),
        ("refunds/create", Refund(id)),
        ("orders/updated", Order(id, 60, "partially_refunded", "fulfilled", more: $",\"refunds\":[{Refund(id)}]")),
        ("orders/cancelled", Order(id, 90, "refunded", "fulfilled", At(90), $",\"refunds\":[{Refund(id)}]")),
    ];
}

using System.Globalization;

namespace Automation.Marketing.Tests.Orders;

/// <summary>What WooCommerce posts of orders and accounts, as bodies.</summary>
internal static class WooOrders
{
    public static string Order(string id, int customer, string email, string family = "佐藤",
        string status = "processing", int minute = 0, string more = "") => $$"""
        {"id":{{id}},"number":"{{id}}","status":"{{status}}","currency":"JPY","total":"3000","customer_id":{{customer}},
         "date_created_gmt":"2026-11-22T08:00:00","date_modified_gmt":"{{At(minute)}}",
         "billing":{"last_name":"{{family}}","first_name":"葵","email":"{{email}}","country":"JP"},
         "line_items":[{"id":1,"name":"煎茶","product_id":93,"quantity":2,"price":1500}],"refunds":[]{{more}} }
        """;

    public static string Account(int id, string email, string family = "佐藤", int minute = 0) =>
        $$"""
        {"id":{{id}},"email":"{{email}}","last_name":"{{family}}","first_name":"葵",
         "date_modified_gmt":"{{At(minute)}}","billing":{} }
        """;

    public static string At(int minute) => new DateTime(2026, 11, 22, 8, 0, 0)
        .AddMinutes(minute)
        .ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
}

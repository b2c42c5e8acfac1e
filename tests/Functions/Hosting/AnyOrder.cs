namespace Automation.Functions.Tests.Hosting;

/// <summary>An order as each platform sends it.</summary>
internal static class AnyOrder
{
    public static readonly string[] All =
    [
        """
        {"id":5001,"name":"#1001","email":"aoi.sato@example.jp","phone":"090-1234-5678",
         "created_at":"2026-11-03T09:00:00+09:00","updated_at":"2026-11-03T09:00:00+09:00","currency":"JPY",
         "total_price":"2596","customer":{"id":7001,"email":"aoi.sato@example.jp","last_name":"佐藤","orders_count":1},
         "line_items":[{"id":1,"product_id":9001,"title":"煎茶","quantity":2,"price":"1298"}],"refunds":[]}
        """,
        """{"id":31,"number":"31","status":"processing","currency":"JPY","date_created_gmt":"2026-11-03T00:00:"""
        + """00","date_modified_gmt":"2026-11-03T00:00:00","total":"2596","customer_id":4,"billing":"""
        + """{"first_name":"葵","last_name":"佐藤","email":"aoi@example.jp","phone":"09012345678"},"line_items":["""
        + """{"id":1,"product_id":9,"name":"煎茶","quantity":1,"total":"2596"}],"refunds":[],"meta_data":[]}""",
        """{"specversion":"1.0","id":"1001-placed","source":"me","type":"order.placed","time":"2026-11-03T09:00:"""
        + """00+09:00","data":{"id":"1001","number":"#1001","currency":"JPY","total":5456,"lines":["""
        + """{"productId":"s","title":"煎茶","quantity":2,"price":1298}],"customer":"""
        + """{"id":"7","email":"aoi.sato@example.jp","familyName":"佐藤","acceptsMarketing":true}}}""",
    ];
}

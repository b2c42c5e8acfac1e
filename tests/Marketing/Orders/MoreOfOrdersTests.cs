using Automation.Marketing.People;

namespace Automation.Marketing.Tests.Orders;

public sealed class MoreOfOrdersTests
{
    [Theory]
    [InlineData("""{"id":"3"}""", 5000)]
    [InlineData("""{"id":"3","amount":1200}""", 1200)]
    [InlineData("""{"id":"3","refundedLines":["a"]}""", 0)]
    public async Task A_refund_without_an_amount_is_all_of_it_whichever_comes_first(string data, int refunded)
    {
        const string order = """
            {"specversion":"1.0","id":"1","source":"x","type":"order.placed","time":"2026-11-20T09:00:00Z",
             "data":{"id":"3","total":5000,"currency":"JPY","lines":[{"id":"a","title":"茶","price":5000}],
              "customer":{"email":"c@example.jp","acceptsMarketing":true}}}
            """;
        var refund = $$"""
            {"specversion":"1.0","id":"2","source":"x","type":"order.refunded","time":"2026-11-21T09:00:00Z",
             "data":{{data}}}
            """;
        foreach (var told in (string[][])[[order, refund], [refund, order]])
        {
            await using var house = await House.Open();
            foreach (var body in told) await house.Deliver("cloudevents", body, Fixtures.Generic);
            Assert.Equal(refunded, (await house.Orders.Find("till", "3"))!.Value.Refunded);
            Assert.Equal(
                refunded, (await house.Customer("email:c@example.jp")).Orders.Latest[0].Refunded);
        }
    }

    [Fact]
    public async Task Codes_payment_tags_and_country_are_kept_whichever_platform_tells_them()
    {
        await using var house = await House.Open();
        await house.Deliver("orders/create", """
            {"id":1,"name":"#1","email":"a@example.jp","created_at":"2026-11-20T09:00:00Z","currency":"JPY",
             "updated_at":"2026-11-20T09:00:00Z","total_price":"1000","source_name":"pos","tags":"gift, 店頭",
             "discount_codes":[{"code":"AUTUMN","amount":"100","type":"fixed_amount"}],
             "payment_gateway_names":["gift_card","shopify_payments"],"billing_address":{"country_code":"jp"},
             "customer":{"id":7,"email":"a@example.jp"},"line_items":[]}
            """);
        await house.Deliver("order.created", """
            {"id":2,"number":"2","status":"processing","currency":"JPY","date_created_gmt":"2026-11-20T00:00:00",
             "date_modified_gmt":"2026-11-20T00:00:00","total":"1000","customer_id":8,"payment_method":"bacs",
             "coupon_lines":[{"id":5,"code":"winter"}],"billing":{"email":"b@example.jp","country":"DE"},
             "line_items":[],"refunds":[]}
            """, Fixtures.WooCommerce);
        await house.Deliver("cloudevents", """
            {"specversion":"1.0","id":"1","source":"x","type":"order.placed","time":"2026-11-20T09:00:00Z",
             "data":{"id":"3","total":1,"currency":"JPY","paymentMethod":"konbini","discountCodes":["A","A"],
              "tags":["gift"],"customer":{"email":"c@example.jp","country":"FR"}}}
            """, Fixtures.Generic);

        Assert.Equal("shopify_payments | AUTUMN | gift,店頭 | JP", await Said("shopify", "1", "a@example.jp"));
        Assert.Equal("bacs | winter |  | DE", await Said("woo", "2", "b@example.jp"));
        Assert.Equal("konbini | A | gift | FR", await Said("till", "3", "c@example.jp"));
        Assert.Equal("pos", (await house.Customer("email:a@example.jp")).Orders.Latest[0].Channel);

        async Task<string> Said(string source, string id, string email)
        {
            var order = (await house.Orders.Find(source, id))!.Value;
            return $"{order.PaymentMethod} | {string.Join(',', order.DiscountCodes ?? [])} | "
                + $"{string.Join(',', order.Tags ?? [])} | {(await house.Customer($"email:{email}")).Country}";
        }
    }
}

using System.Text;
using Automation.Marketing.Files;
using Automation.Marketing.Inbox;
using Automation.Marketing.Intake;
using Automation.Marketing.People;

namespace Automation.Marketing.Tests.Orders;

/// <summary>Shopify does not sign the topic: a body that was meant for one must not be read as another's.</summary>
public sealed class ShapeTests
{
    private static readonly (string Topic, string File)[] Real =
    [
        ("orders/create", "orders_create.2025-07.doc-sample"), ("refunds/create", "refunds_create.2025-07.doc-sample"),
        ("fulfillments/create", "fulfillments_create.2025-07.doc-sample"),
        ("customers/update", "customer_full_rest"), ("customers/redact", "customers_redact.2025-01.doc-sample"),
        ("customers/data_request", "customers_data_request.2025-01.doc-sample"),
        ("shop/redact", "shop_redact.2025-01.doc-sample"),
        ("customers_email_marketing_consent/update", "customers_email_marketing_consent_update.2025-07.doc-sample"),
        ("customers/merge", "customers_merge.2025-01.doc-sample"),
    ];

    [Theory]
    [InlineData("customers/redact")]
    [InlineData("shop/redact")]
    [InlineData("customers/data_request")]
    [InlineData("orders/delete")]
    [InlineData("orders/create")]
    [InlineData("refunds/create")]
    [InlineData("fulfillments/create")]
    [InlineData("customers/update")]
    public void A_body_captured_under_one_topic_is_not_read_under_another(string topic)
    {
        foreach (var (own, file) in Real)
        {
            var body = Fixtures.Bytes($"shopify/{file}.json");
            if (own == topic)
            {
                _ = Dialects.Read(Fixtures.Shopify, Fixtures.Envelope(Fixtures.Shopify, topic, body));
                continue;
            }
            if (topic is "customers/update" or "orders/delete" or "orders/create"
                && own is "customers_email_marketing_consent/update" or "customers/merge")
            {
                Assert.IsType<SourceEvent.Nothing>(Assert.Single(Dialects.Read(
                    Fixtures.Shopify, Fixtures.Envelope(Fixtures.Shopify, topic, body))));
                continue;
            }
            var refused = Assert.Throws<UnreadableException>(() => Dialects.Read(
                Fixtures.Shopify, Fixtures.Envelope(Fixtures.Shopify, topic, body)));
            if (topic != "orders/create") Assert.Contains(topic, refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_captured_order_replayed_as_a_redaction_erases_nobody()
    {
        await using var house = await House.Open();
        var order = Webhooks.Order("1001", 0);
        await house.Deliver("orders/create", order);
        foreach (var topic in (string[])["customers/redact", "shop/redact", "customers/data_request", "orders/delete",
            "customers/delete", "orders/cancelled"])
            await Assert.ThrowsAsync<UnreadableException>(() => house.Deliver(topic, order));
        foreach (var topic in (string[])["orders/paid", "orders/fulfilled", "orders/partially_fulfilled"])
            await house.Deliver(topic, order);
        Assert.Equal("hanako@example.jp", (await house.Customer("shopify:7001")).Email);
        Assert.Equal(["order.placed", "customer.created"], house.Heard.Select(e => e.Type));
    }

    [Fact]
    public void A_webhook_filtered_by_field_is_told_apart_by_its_topic() =>
        Assert.NotNull(Assert.IsType<SourceEvent.OrderUpserted>(Assert.Single(
            Dialects.Read(
                Fixtures.Shopify, Fixtures.Envelope(Fixtures.Shopify, "orders/cancelled", Encoding.UTF8.GetBytes(
                    """{"id":1,"total_price":"1","updated_at":"2026-11-20T01:00:00Z"}"""))))).Order.CancelledAt);
}

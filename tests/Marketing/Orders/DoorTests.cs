using System.Security.Cryptography;
using System.Text;
using Automation.Marketing.Inbox;
using Automation.Marketing.Intake;
using static Automation.Marketing.Tests.Orders.Fixtures;

namespace Automation.Marketing.Tests.Orders;

public sealed class DoorTests
{
    private static byte[] Body => Bytes("shopify/derived/signed_orders_create.body.json");
    private static Func<string, string?> ShopifyHeaders => Headers("shopify/derived/signed_orders_create.headers.json");

    [Fact]
    public void A_signed_Shopify_order_is_accepted_with_its_topic_event_id_and_time()
    {
        var envelope = Assert.IsType<Verification.Accepted>(WebhookVerifier.Check(
            Shopify, ShopifyHeaders, Body, Now)).Envelope;
        Assert.Equal("shopify", envelope.Source);
        Assert.Equal("orders/create", envelope.Topic);
        Assert.Equal("98880550-7158-44d4-b7cd-2c97c8a091b5", envelope.Delivery);
        Assert.Equal(new DateTimeOffset(2025, 8, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(1234568), envelope.TriggeredAt);
        Assert.Equal(Body, envelope.Body.ToArray());
    }

    [Fact]
    public void The_new_header_names_are_read_first()
    {
        var answer = WebhookVerifier.Check(
            Shopify, Headers(("shopify-hmac-sha256", Sign("hush", "{\"id\":1}")), ("X-Shopify-Hmac-Sha256", "wrong"),
                ("shopify-topic", "orders/paid"), ("X-Shopify-Topic", "products/update")),
            "{\"id\":1}"u8.ToArray(), Now);
        Assert.Equal("orders/paid", Assert.IsType<Verification.Accepted>(answer).Envelope.Topic);
    }

    [Theory]
    [InlineData("{\"id\":1,\"name\":\"#1001\"}", "ybi5GMyq3UlgsyWLTJU1wvBRjL3uJyvuWTBki5k2cJY=")]
    [InlineData("{\"id\":1,\"first_name\":\"太郎\"}", "nG//GsuFcayTuOlimskeyU7B8rTFYzgmggYP6IVf8ys=")]
    public void The_published_Shopify_signatures_are_right(string body, string signature) =>
        Assert.IsType<Verification.Accepted>(WebhookVerifier.Check(Shopify, Headers(("X-Shopify-Hmac-Sha256",
            signature), ("X-Shopify-Topic", "orders/create")), Encoding.UTF8.GetBytes(body), Now));

    [Fact]
    public void While_the_secret_changes_over_both_are_right_and_afterwards_only_the_new_one()
    {
        Assert.IsType<Verification.Accepted>(WebhookVerifier.Check(
            new("shopify", Platform.Shopify, "new") { Previous = "hush" }, ShopifyHeaders, Body, Now));
        Assert.IsType<Verification.BadSignature>(WebhookVerifier.Check(
            new("shopify", Platform.Shopify, "new"), ShopifyHeaders, Body, Now));
    }

    [Fact]
    public void Every_single_changed_byte_is_refused()
    {
        for (var at = 0; at < Body.Length; at += 997)
        {
            var changed = Body;
            changed[at] ^= 1;
            Assert.IsType<Verification.BadSignature>(WebhookVerifier.Check(Shopify, ShopifyHeaders, changed, Now));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not base64 at all, but forty-four characters.")]
    [InlineData("OlDBnxQTA8w+7R8Uvgb6CCf4jOITibHnA81HkbPa3x8")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void Unsigned_or_oddly_signed_is_refused_whatever_the_body(string? signature)
    {
        (string, string)[] headers = signature is null ? [("X-Shopify-Topic", "orders/create")]
            : [("X-Shopify-Topic", "orders/create"), ("X-Shopify-Hmac-Sha256", signature)];
        foreach (var body in (byte[][])[Body, [], "{"u8.ToArray()])
            Assert.IsType<Verification.BadSignature>(WebhookVerifier.Check(Shopify, Headers(headers), body, Now));
    }

    [Fact]
    public void Signed_but_torn_is_accepted_so_that_the_platform_keeps_the_hook() =>
        Assert.IsType<Verification.Accepted>(WebhookVerifier.Check(Shopify, Headers(("X-Shopify-Topic",
            "orders/create"), ("X-Shopify-Hmac-Sha256", Sign("hush", "{\"id\":"))), "{\"id\":"u8.ToArray(), Now));

    [Fact]
    public void Signed_without_a_topic_is_malformed_and_an_unknown_topic_is_ignored()
    {
        Assert.IsType<Verification.Malformed>(WebhookVerifier.Check(
            Shopify, Headers(("X-Shopify-Hmac-Sha256", Sign("hush", "{}"))), "{}"u8.ToArray(), Now));
        Assert.IsType<Verification.Ignored>(WebhookVerifier.Check(Shopify, Headers(("X-Shopify-Hmac-Sha256",
            Sign("hush", "{}")), ("X-Shopify-Topic", "themes/publish")), "{}"u8.ToArray(), Now));
    }

    [Fact]
    public void Shopifys_test_button_has_no_effect_in_production()
    {
        var headers = Headers(("X-Shopify-Hmac-Sha256", Sign("hush", "{}")), ("X-Shopify-Topic", "orders/create"),
            ("X-Shopify-Test", "true"));
        Assert.IsType<Verification.Ignored>(WebhookVerifier.Check(
            new("shopify", Platform.Shopify, "hush"), headers, "{}"u8.ToArray(), Now));
        Assert.IsType<Verification.Accepted>(WebhookVerifier.Check(Shopify, headers, "{}"u8.ToArray(), Now));
    }

    [Theory]
    [InlineData("wc_secret_&_1")]
    [InlineData("wc_secret_&amp;_1")]
    public void A_signed_WooCommerce_order_is_accepted_however_WordPress_stored_the_secret(string secret) =>
        Assert.Equal("order.created",
            Assert.IsType<Verification.Accepted>(WebhookVerifier.Check(new("woo", Platform.WooCommerce, secret),
                Headers("woocommerce/derived/signed_order.headers.json"),
                Bytes("woocommerce/derived/signed_order.body.json"), Now)).Envelope.Topic);

    [Fact]
    public void The_published_WooCommerce_signature_is_right() =>
        Assert.IsType<Verification.Accepted>(WebhookVerifier.Check(new("woo", Platform.WooCommerce, "s3cr3t"),
            Headers(("X-WC-Webhook-Signature", "dl6mT+hH+gN+qbgrB+5LwtcDE4GivukTyrk1UipABH4="),
                ("X-WC-Webhook-Topic", "order.updated")),
            Encoding.UTF8.GetBytes("""{"id":727,"status":"processing","billing":{"first_name":"\u592a\u90ce"}}"""),
            Now));

    [Fact]
    public void WooCommerces_ping_is_answered() =>
        Assert.IsType<Verification.Ping>(WebhookVerifier.Check(
            WooCommerce, Headers(), Bytes("woocommerce/derived/ping.form.txt"), Now));

    [Theory]
    [InlineData("webhook_id=")]
    [InlineData("webhook_id=12&x=1")]
    [InlineData("webhook_id=1a")]
    [InlineData("{\"webhook_id\":12}")]
    public void Nothing_else_unsigned_passes_for_a_ping(string body) =>
        Assert.IsType<Verification.BadSignature>(WebhookVerifier.Check(
            WooCommerce, Headers(), Encoding.UTF8.GetBytes(body), Now));

    [Theory]
    [InlineData("s3cr3t", true, true)]
    [InlineData("other", true, false)]
    [InlineData("s3cr3t", false, false)]
    public void A_generic_source_signs_in_hex(string secret, bool scheme, bool accepted)
    {
        var hex = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), "[]"u8));
        var answer = WebhookVerifier.Check(
            Generic, Headers(("X-Signature", (scheme ? "sha256=" : "md5hex=") + hex)), "[]"u8.ToArray(), Now);
        Assert.Equal(accepted ? typeof(Verification.Accepted) : typeof(Verification.BadSignature), answer.GetType());
    }

    private static string Sign(string secret, string body) =>
        Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body)));
}

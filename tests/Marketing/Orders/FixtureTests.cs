using System.Globalization;
using Automation.Marketing.Files;
using Automation.Marketing.People;
using static Automation.Marketing.Tests.Orders.Fixtures;

namespace Automation.Marketing.Tests.Orders;

/// <summary>Every payload collected from the platforms, with what it must be understood as.</summary>
public sealed class FixtureTests
{
    // file | topic | what we understand
    public static TheoryData<string, string, string> Shopify { get; } = new()
    {
        { "orders_create.2025-07.doc-sample", "orders/create", "order 820982911946154500 #9999 USD 359.97 web test "
            + "lines 788032119674292900x1@89.99 788032119674292900x1@159.99 788032119674292900x1@119.99 by "
            + "shopify:115310627314723950 email:john@example.com John Smith given" },
        { "orders_create.2024-07.doc-sample", "orders/create", "order 820982911946154500 #9999 USD 359.97 web test "
            + "lines 788032119674292900x1@89.99 788032119674292900x1@159.99 788032119674292900x1@119.99 by "
            + "shopify:115310627314723950 email:john@example.com John Smith given" },
        { "orders_cancelled.2026-04.doc-sample", "orders/cancelled", "order 820982911946154500 #9999 USD 404.95 web "
            + "test cancelled lines 788032119674292900x1@89.99 -x1@19.99 -x1@24.99 788032119674292900x1@159.99 "
            + "788032119674292900x1@119.99 by shopify:115310627314723950 email:john@example.com John Smith given" },
        { "orders_updated.real-test-store", "orders/updated", "order 5778367414385 #1017 USD 600 web lines "
            + "7234590408817x1@600 by shopify:7358220173425 email:henry@example.com yodi waffles" },
        { "order_paid_partially_refunded_3lines", "orders/paid", "order 450789469 #1001 USD 598.94 web paid refunded "
            + "509562969=209 [703073504 466157049] lines 632910392x1@199 632910392x1@199 632910392x1@199 by "
            + "shopify:207119551 email:bob.norman@mail.example.com Bob Norman +16136120707 tags Léon,Noël" },
        { "order_guest_no_customer_empty_email", "orders/create", "order 1073459966 #1002 USD 199 web paid lines "
            + "921728736x1@199 by nobody" },
        { "order_new_customer_jane", "orders/create", "order 1073459980 #1002 USD 199 web lines 921728736x1@199 by "
            + "shopify:1073339474 email:paul.norman@example.com John Smith" },
        { "orders_edited.2025-07.doc-sample", "orders/edited", "nothing: an edit's difference; orders/updated tells "
            + "the whole order" },
        { "refunds_create.2025-07.doc-sample", "refunds/create", "refund of 820982911946154500: 890088186047892400=85 "
            + "[487817672276298560 976318377106520300 315789986012684400]" },
        { "refund_with_transactions", "refunds/create", "refund of 450789469: 509562969=209 [703073504 466157049]" },
        { "fulfillments_create.2025-07.doc-sample", "fulfillments/create", "shipment of 820982911946154500: 123456 "
            + "[487817672276298560x1 976318377106520300x1 315789986012684400x1]" },
        { "customers_create.2025-07.doc-sample", "customers/create", "created shopify:706405506930370000 Bob Biller" },
        { "customers_create.2024-10.doc-sample", "customers/create", "created shopify:706405506930370000 Bob Biller" },
        { "customers_update.2026-04.doc-sample", "customers/update", "updated shopify:706405506930370000 "
            + "email:bob@biller.com Bob Biller" },
        { "customer_full_rest", "customers/update", "updated shopify:207119551 email:bob.norman@mail.example.com Bob "
            + "Norman +16136120707 tags Léon,Noël" },
        { "customers_delete.2025-07.doc-sample", "customers/delete", "gone shopify:706405506930370000" },
        { "customers_email_marketing_consent_update.2025-07.doc-sample", "customers_email_marketing_consent/update",
            "nothing: no consent state" },
        { "customers_marketing_consent_update.2025-07.doc-sample", "customers_marketing_consent/update",
            "nothing: no consent state" },
        { "customers_merge.2025-01.doc-sample", "customers/merge", "nothing: a merge that is failed" },
        { "customers_redact.2025-01.doc-sample", "customers/redact", "redact shopify:191167 email:john@example.com "
            + "orders 299938 280263 220458" },
        { "customers_data_request.2025-01.doc-sample", "customers/data_request", "data request 9999 shopify:191167 "
            + "email:john@example.com" },
        { "shop_redact.2025-01.doc-sample", "shop/redact", "redact shop {shop}.myshopify.com" },
        { "checkouts_create.real-no-email", "checkouts/create",
            "checkout 35550298931313 USD 600 by nobody" },
        { "derived/signed_orders_create.body", "orders/create", "order 820982911946154500 #9999 USD 359.97 web test "
            + "lines 788032119674292900x1@89.99 788032119674292900x1@159.99 788032119674292900x1@119.99 by "
            + "shopify:115310627314723950 email:john@example.com John Smith given" },
    };

    public static TheoryData<string, string, string> WooCommerce { get; } = new()
    {
        { "customer_created.docs", "customer.created", "created woo:25 email:john.doe@example.com John Doe" },
        { "customer_updated.docs", "customer.updated", "updated woo:25 email:john.doe@example.com James Doe" },
        { "derived/order_deleted", "order.deleted", "gone 727" },
        { "derived/signed_order.body", "order.created", "order 727 727 USD 29.35 web status processing paid lines "
            + "93x2@3 22x1@12 by email:john.doe@example.com John Doe" },
        { "order_attribution_meta", "order.created", "order 459 459 USD 4 web status processing paid lines 36x1@18 by "
            + "woo:27375286 email:fakedata99085@gmail.com Tyrel Senger" },
        { "order_bundled", "order.created", "order 357 357 USD 120.2 web status processing paid lines 190x1@59 "
            + "36x1@16.2 by woo:27375286 email:erich@example.com Erich Crist" },
        { "order_created.docs", "order.created", "order 727 727 USD 29.35 web status processing paid lines 93x2@3 "
            + "22x1@12 by email:john.doe@example.com John Doe" },
        { "order_on_hold_no_customer_id", "order.created", "unreadable: date_created_gmt" },
        { "order_processing_meta", "order.created", "order 963 963 USD 31.2 web status processing paid lines 52x2@30 "
            + "234x1.5@0 by woo:11 email:scrambled@example.com Johnny Appleseed" },
        { "order_refunded", "order.updated", "order 609 609 USD 223.71 web status refunded paid refunded 622=223.71 "
            + "[] lines 379x2@90 by woo:1 email:sara@example.com Sara Doe" },
        { "order_simple_961", "order.created", "order 961 961 USD 20 web status processing paid lines 956x1@20 "
            + "by nobody" },
        { "order_updated_completed.docs", "order.updated", "order 727 727 USD 29.35 web status completed paid "
            + "fulfilled lines 93x2@3 22x1@12 by email:john.doe@example.com John Doe" },
        { "refund.docs", "order.updated", "nothing: no order: it has no status" },
    };

    [Theory]
    [MemberData(nameof(Shopify))]
    public void Shopify_payloads_are_understood(string file, string topic, string expected) =>
        Check(expected, Words(Read(Fixtures.Shopify, topic, $"shopify/{file}.json")));

    [Theory]
    [MemberData(nameof(WooCommerce))]
    public void WooCommerce_payloads_are_understood(string file, string topic, string expected) =>
        Check(expected, WordsOrNot(() => Read(Fixtures.WooCommerce, topic, $"woocommerce/{file}.json")));

    /// <summary>One of those collected is a template that nobody filled in.</summary>
    private static string WordsOrNot(Func<SourceEvent> read)
    {
        try { return Words(read()); }
        catch (UnreadableException unreadable) { return $"unreadable: {unreadable.Message.Split('"')[1]}"; }
    }

    [Theory]
    [InlineData("shopify")]
    [InlineData("woocommerce")]
    public void No_payload_is_left_out(string platform)
    {
        var named = (platform == "shopify" ? Shopify : WooCommerce).Select(row => $"{row[0]}.json");
        var root = Path.Combine(AppContext.BaseDirectory, "fixtures", platform);
        var there = Directory.GetFiles(root, "*.json", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(
            root, path)).Where(path => !path.Contains(".headers.", StringComparison.Ordinal));
        Assert.Equal(there.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    private static void Check(string expected, string actual) =>
        Assert.True(expected == actual, $"\nexpected {expected}\nactual   {actual}");

    private static string Words(SourceEvent notice) => notice switch
    {
        SourceEvent.OrderUpserted { Order: var o, Buyer: var b } => Join(
            $"order {o.Id} {o.Number} {o.Currency} {N(o.Total)} {o.Channel}", o.Test ? "test" : "",
            o.Status is { } s ? $"status {s}" : "",
            o.PaidAt is null ? "" : "paid", o.FulfilledAt is null ? "" : "fulfilled",
            o.CancelledAt is null ? "" : "cancelled", string.Join(' ', o.Refunds.Select(r => $"refunded {Words(r)}")),
            "lines", string.Join(' ', o.Lines.Select(l => $"{l.ProductId ?? "-"}x{N(l.Quantity)}@{N(l.Price)}")), "by",
            b.IsReachable ? Words(b) : "nobody"),
        SourceEvent.RefundAdded r => $"refund of {r.OrderId}: {Words(r.Refund)}",
        SourceEvent.ShipmentAdded s =>
            $"shipment of {s.OrderId}: {s.Shipment.Id} "
            + $"[{string.Join(' ', s.Shipment.Lines.Select(l => $"{l.Key}x{N(l.Value)}"))}]",
        SourceEvent.OrderDeleted g => $"gone {g.OrderId}",
        SourceEvent.CustomerUpserted c => $"{(c.Created ? "created" : "updated")} {Words(c.Buyer)}",
        SourceEvent.CustomerDeleted g => $"gone {g.Identity}",
        SourceEvent.ConsentChanged c => $"consent {c.Consent.State} {Words(c.Buyer)}",
        SourceEvent.CustomerRedact r =>
            $"redact {string.Join(' ', r.Identities)} orders {string.Join(' ', r.OrderIds)}",
        SourceEvent.DataRequest d => $"data request {d.Id} {string.Join(' ', d.Identities)}",
        SourceEvent.ShopRedact s => $"redact shop {s.Shop}",
        SourceEvent.CheckoutSeen c => $"checkout {c.Checkout.Id} {c.Checkout.Currency} {N(c.Checkout.Total ?? 0)} by "
            + (c.Buyer.IsReachable ? Words(c.Buyer) : "nobody"),
        SourceEvent.Nothing n => $"nothing: {n.Reason}",
        _ => notice.ToString(),
    };

    private static string Words(Refund refund) => $"{refund.Id}={N(refund.Amount)} [{string.Join(' ', refund.Lines)}]";

    private static string Words(Buyer b) => Join(string.Join(' ', b.Identities), b.GivenName ?? "", b.FamilyName ?? "",
        b.Phone ?? "", b.Tags.Count > 0 ? $"tags {string.Join(',', b.Tags)}" : "",
        b.Consent.TryGetValue("email", out var consent) ? consent.State.ToString().ToLowerInvariant() : "");

    private static string N(decimal number) => number.ToString("0.####", CultureInfo.InvariantCulture);
    private static string Join(params string[] words) => string.Join(' ', words.Where(word => word.Length > 0));
}

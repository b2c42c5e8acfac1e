using System.Net;
using System.Text.Json;
using Automation.Marketing.Files;
using Automation.Marketing.People;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Intake;

/// <summary>WooCommerce's webhooks (REST v1–v3) in our words. There are states, no happenings: paid, cancelled and
/// refunded follow from comparing with the order as last seen. Core knows no marketing consent: a plugin's
/// <c>meta_data</c> key can be named in the source's settings. Which statuses make an order is a setting, too: any
/// other is news of an order known already, or nothing.</summary>
public static class WooCommerceDialect
{
    public static bool Knows(string topic) => topic is
        "order.created" or "order.updated" or "order.deleted" or "order.restored" or "customer.created"
        or "customer.updated" or "customer.deleted";

    public static IReadOnlyList<SourceEvent> Read(
        SourceSettings source, string topic, JsonElement body, DateTimeOffset at, ShopSettings? shop = null)
    {
        // The topic is not signed, the body is.
        if (topic is "order.deleted" or "customer.created" or "customer.updated" or "customer.deleted"
            && (body.At("line_items"u8) ?? body.At("total"u8)) is not null)
            throw new UnreadableException($"WooCommerce sends nothing like it as {topic}: it is an order.");
        if (topic == "order.deleted" && body.At("email"u8) is not null)
            throw new UnreadableException("WooCommerce sends nothing like it as order.deleted: it is a customer.");
        if (body.At("id"u8).Id() is not { } id) return [new SourceEvent.Nothing("the body names no id")];
        return topic switch
        {
            "order.deleted" => [new SourceEvent.OrderDeleted(id, at)],
            "customer.deleted" => [new SourceEvent.CustomerDeleted(new(source.Name, id))],
            "customer.created" or "customer.updated" => [new SourceEvent.CustomerUpserted(
                Person(source, id, body, Modified(body) ?? at, shop), topic == "customer.created")],
            _ => body.At("status"u8).Text() switch
            {
                null => [new SourceEvent.Nothing("no order: it has no status")],
                "checkout-draft" or "auto-draft" or "draft" or "new" =>
                    [new SourceEvent.Nothing("a cart on its way through the checkout")],
                _ => [new SourceEvent.OrderUpserted(Order(source, id, body, at), Person(
                    source,
                    body.At("customer_id"u8).Id() is { } account && account != "0" ? account : null,
                    body,
                    Modified(body) ?? at,
                    shop))],
            },
        };
    }

    private static Order Order(SourceSettings source, string id, JsonElement body, DateTimeOffset at)
    {
        var created = Gmt(body, "date_created_gmt"u8, "date_created"u8);
        var modified = Modified(body) ?? created ?? at;
        var status = body.At("status"u8).Text()!;
        var total = body.Money("total"u8) ?? throw new UnreadableException("The order names no \"total\".");
        var isDelivered = source.IsDelivered(status);
        var paid = Gmt(body, "date_paid_gmt"u8, "date_paid"u8);
        return new Order
        {
            Source = source.Name,
            Id = id,
            Number = body.At("number"u8).Text() ?? id,
            PlacedAt = created ?? modified,
            UpdatedAt = modified,
            Currency = ((JsonElement?)body).Currency("currency"u8) ?? "",
            Total = total,
            Status = status,
            Unplaced = !source.IsPlaced(status),
            // Begun days ago and paid now (konbini, an invoice): it is now that it became an order.
            BecameAt = paid > created ? paid : null,
            PaidAt = paid ?? (status is "processing" or "completed" || isDelivered ? modified : null),
            FulfilledAt = Gmt(body, "date_completed_gmt"u8, "date_completed"u8)
                ?? (status == "completed" || isDelivered ? modified : null),
            Deliveries = isDelivered
                ? new Dictionary<string, DateTimeOffset> { [People.Order.WholeOrder] = modified }
                : null,
            CancelledAt = status is "cancelled" or "failed" or "trash" ? modified : null,
            Channel =
                body.At("created_via"u8).Text()?.StartsWith("pos", StringComparison.Ordinal) == true ? "pos" : "web",
            PaymentMethod = body.At("payment_method"u8).Text(),
            DiscountCodes = ShopifyOrders.Codes(body.At("coupon_lines"u8)),
            Contact = EmailAddress.Normalize(body.At("billing"u8).At("email"u8).Text()),
            Lines = Lines(body),
            Refunds = Refunds(body, status, total, modified),
        };
    }

    private static List<OrderLine> Lines(JsonElement body)
    {
        var lines = new List<OrderLine>();
        foreach (JsonElement? line in body.At("line_items"u8).Items())
        {
            var quantity = line.Money("quantity"u8) ?? 1;
            lines.Add(new OrderLine
            {
                Id = line.At("id"u8).Id(),
                ProductId = line.At("product_id"u8).Id(),
                Sku = line.At("sku"u8).Text(),
                Title = Plain(line.At("name"u8).Text()) ?? "",
                Quantity = quantity,
                Price = line.Money("price"u8) ?? (quantity == 0 ? 0 : (line.Money("total"u8) ?? 0) / quantity),
                ImageUrl = line.At("image"u8).At("src"u8).Text(),
            });
        }
        return lines;
    }

    /// <summary><c>refunds[]</c> names id and a negative total, no lines and no time.</summary>
    private static List<Refund> Refunds(JsonElement body, string status, decimal total, DateTimeOffset modified)
    {
        var refunds = new List<Refund>();
        foreach (JsonElement? refund in body.At("refunds"u8).Items())
            if (refund.At("id"u8).Id() is { } id)
                refunds.Add(new Refund(id, modified, Math.Abs(refund.Money("total"u8) ?? 0), []));
        if (status == "refunded" && refunds.Count == 0) refunds.Add(new Refund("all", modified, total, []));
        return refunds;
    }

    private static Buyer Person(
        SourceSettings source, string? id, JsonElement body, DateTimeOffset seenAt, ShopSettings? shop)
    {
        var billing = body.At("billing"u8);
        var country = billing.At("country"u8).Text();
        var own = EmailAddress.Normalize(body.At("email"u8).Text());
        var email = own ?? EmailAddress.Normalize(billing.At("email"u8).Text());
        var phone = PhoneNumber.Normalize(billing.At("phone"u8).Text(), country, shop?.PhoneCountry);
        var named = body.At("last_name"u8).Text() is not null || body.At("first_name"u8).Text() is not null
            ? (JsonElement?)body : billing;
        var attributes = new SourceAttributes(shop).Meta(body);
        return new Buyer
        {
            Attributes = attributes.Values,
            Misfits = attributes.Misfits,
            Identities = Buyers.Identities(source.Name, id, email, phone),
            Email = email,
            Phone = phone,
            Country = country,
            FamilyName = Plain(named.At("last_name"u8).Text()),
            GivenName = Plain(named.At("first_name"u8).Text()),
            Consent = Buyers.ByMail(Agrees(source, body)
                ? new ConsentRecord(ConsentState.Given, Gmt(body, "date_created_gmt"u8, "date_created"u8) ?? seenAt,
                    "checkout", $"{source.Name}: {source.ConsentMetaKey}") : null),
            AtCheckout = own is null,
            SeenAt = seenAt,
        };
    }

    private static bool Agrees(SourceSettings source, JsonElement body)
    {
        if (source.ConsentMetaKey is not { } key) return false;
        foreach (JsonElement? meta in body.At("meta_data"u8).Items())
        {
            if (meta.At("key"u8).Text() != key) continue;
            var value = meta.At("value"u8);
            return value.IsTrue() || value.Text()?.ToLowerInvariant() is "1" or "yes" or "true" or "on";
        }
        return false;
    }

    private static DateTimeOffset? Modified(JsonElement body) => Gmt(body, "date_modified_gmt"u8, "date_modified"u8);

    /// <summary>The <c>_gmt</c> members are UTC without saying so; the plain ones are the site's local time and only
    /// better than nothing.</summary>
    private static DateTimeOffset? Gmt(JsonElement body, ReadOnlySpan<byte> gmt, ReadOnlySpan<byte> local) =>
        body.Moment(gmt) ?? body.Moment(local);

    private static string? Plain(string? html) =>
        html is not null && html.Contains('&', StringComparison.Ordinal) ? WebUtility.HtmlDecode(html) : html;
}

using System.Text.Json;
using Automation.Marketing.Files;
using Automation.Marketing.People;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Intake;

/// <summary>Shopify's webhooks (Admin API 2023-07 to 2026-04) in our words. Whatever is missing is tolerated: hooks can
/// be filtered by field.</summary>
public static class ShopifyDialect
{
    public static bool Knows(string topic) => topic is
        "orders/create" or "orders/paid" or "orders/updated" or "orders/cancelled" or "orders/fulfilled"
        or "orders/partially_fulfilled"
        or "orders/edited" or "orders/delete" or "refunds/create" or "fulfillments/create" or "fulfillments/update"
        or "fulfillment_events/create" or "checkouts/create" or "checkouts/update" or "checkouts/delete"
        or "customers/create" or "customers/update" or "customers/enable" or "customers/disable" or "customers/delete"
        or "customers/merge"
        or "customers_email_marketing_consent/update" or "customers_marketing_consent/update" or "customers/redact"
        or "customers/data_request" or "shop/redact";

    /// <param name="at">When the webhook was triggered; stands in for times the body does not name.</param>
    public static IReadOnlyList<SourceEvent> Read(
        SourceSettings source, string topic, JsonElement body, DateTimeOffset at, ShopSettings? shop = null) =>
    [
        topic switch
        {
            _ when Knows(topic) && ShopifyShapes.Amiss(topic, body) is { } amiss =>
                throw new UnreadableException($"Shopify sends nothing like it as {topic}: {amiss}."),
            "orders/create" or "orders/paid" or "orders/updated" or "orders/cancelled" or "orders/fulfilled"
                or "orders/partially_fulfilled" =>
                ShopifyOrders.Seen(source, topic, body, at, shop),
            "orders/delete" => body.At("id"u8).Id() is { } id ? new SourceEvent.OrderDeleted(id, at) : NoId,
            "refunds/create" => body.At("order_id"u8).Id() is { } id && ShopifyOrders.Refund(body, at) is { } refund
                ? new SourceEvent.RefundAdded(id, refund) : NoId,
            "fulfillments/create" or "fulfillments/update" =>
                body.At("order_id"u8).Id() is { } id && ShopifyOrders.Shipment(body, at) is { } shipment
                    ? new SourceEvent.ShipmentAdded(
                        id,
                        shipment,
                        body.At("shipment_status"u8).Text() == "delivered" ? shipment.UpdatedAt : null)
                    : NoId,
            "fulfillment_events/create" => Arrival(body, at),
            "checkouts/create" or "checkouts/update" => ShopifyCheckouts.Seen(source, body, at, shop),
            "checkouts/delete" => body.At("id"u8).Id() is { } id ? new SourceEvent.CheckoutDeleted(id, at) : NoId,
            "customers/create" or "customers/update" or "customers/enable" or "customers/disable" =>
                body.At("id"u8).Id() is null
                    ? NoId
                    : new SourceEvent.CustomerUpserted(
                        Account(source, body, at, shop), topic == "customers/create"),
            "customers/delete" =>
                body.At("id"u8).Id() is { } id ? new SourceEvent.CustomerDeleted(new(source.Name, id)) : NoId,
            "customers/merge" => Merge(source, body),
            "customers_email_marketing_consent/update" => ConsentUpdate(source, body, at),
            "customers_marketing_consent/update" => SmsConsentUpdate(source, body, at),
            "customers/redact" => new SourceEvent.CustomerRedact(
                Identities(source, body.At("customer"u8)), [.. Ids(body.At("orders_to_redact"u8))]),
            "customers/data_request" => new SourceEvent.DataRequest(
                body.At("data_request"u8).At("id"u8).Id() ?? "", Identities(source, body.At("customer"u8))),
            "shop/redact" =>
                new SourceEvent.ShopRedact(body.At("shop_domain"u8).Text() ?? body.At("shop_id"u8).Id() ?? source.Name),
            "orders/edited" => new SourceEvent.Nothing("an edit's difference; orders/updated tells the whole order"),
            _ => new SourceEvent.Nothing($"topic {topic}"),
        },
    ];

    /// <summary>What a carrier says of a shipment: label_printed, in_transit, out_for_delivery, delivered …</summary>
    private static SourceEvent Arrival(JsonElement body, DateTimeOffset at) =>
        body.At("status"u8).Text() is not "delivered" ? new SourceEvent.Nothing("a shipment on its way")
        : body.At("order_id"u8).Id() is { } order && body.At("fulfillment_id"u8).Id() is { } shipment
        ? new SourceEvent.ShipmentDelivered(order, shipment, body.Moment("happened_at"u8) ?? at)
        : NoId;

    private static SourceEvent NoId => new SourceEvent.Nothing("the body names no id");

    /// <summary>The person behind an account; an order's own fields fill what the account leaves open.</summary>
    internal static Buyer Account(
        SourceSettings source, JsonElement? account, DateTimeOffset at, ShopSettings? shop, JsonElement? order = null)
    {
        var billing = order.At("billing_address"u8) ?? account.At("default_address"u8);
        var shipping = order.At("shipping_address"u8);
        var country = (billing.At("country_code"u8) ?? shipping.At("country_code"u8)
            ?? account.At("default_address"u8).At("country_code"u8)).Text();
        // Only one address becomes the person's: an order's differs from the account's where somebody else is to be
        // informed.
        var own = EmailAddress.Normalize(account.At("email"u8).Text());
        var email = own ?? ShopifyOrders.Contact(order);
        var phone = PhoneNumber.First(
            [account.At("phone"u8).Text(), order.At("phone"u8).Text(), billing.At("phone"u8).Text()],
            country, shop?.PhoneCountry);
        var named = account.At("last_name"u8).Text() is not null || account.At("first_name"u8).Text() is not null
            ? account : billing ?? shipping;
        var seenAt = account.Moment("updated_at"u8) ?? at;
        var consent = Consent(account.At("email_marketing_consent"u8), seenAt);
        if (order.At("buyer_accepts_marketing"u8).IsTrue()
            && (order.Moment("processed_at"u8)
                ?? order.Moment("created_at"u8)) is { } placed && !(consent?.At > placed))
            consent = new ConsentRecord(ConsentState.Given, placed, "checkout",
                $"{source.Name} order {order.At("name"u8).Text()}: buyer_accepts_marketing");
        var attributes = new SourceAttributes(shop).Metafields(account).Notes(order);
        return new Buyer
        {
            Identities = Buyers.Identities(source.Name, account.At("id"u8).Id(), email, phone),
            Attributes = attributes.Values,
            Misfits = attributes.Misfits,
            Email = email,
            Phone = phone,
            FamilyName = named.At("last_name"u8).Text(),
            GivenName = named.At("first_name"u8).Text(),
            Country = country,
            Language = order.At("customer_locale"u8).Text() ?? account.At("locale"u8).Text(),
            Tags = Tags(account.At("tags"u8).Text()),
            Consent = Buyers.ByMail(consent),
            OrdersThere = order is not null && account.Money("orders_count"u8) is { } count and > 0 and < 1_000_000
                ? (int)count
                : null,
            AtCheckout = own is null && order is not null,
            SeenAt = seenAt,
        };
    }

    private static SourceEvent ConsentUpdate(SourceSettings source, JsonElement body, DateTimeOffset at)
    {
        var email = EmailAddress.Normalize(body.At("email_address"u8).Text());
        var buyer = new Buyer
        {
            Identities = Buyers.Identities(source.Name, body.At("customer_id"u8).Id(), email, null),
            Email = email,
            SeenAt = at
        };
        return Consent(body.At("email_marketing_consent"u8), at) is { } consent
            ? new SourceEvent.ConsentChanged(buyer, "email", consent) : new SourceEvent.Nothing("no consent state");
    }

    /// <summary>The phone number is the person's own only where no account says who it is: families share
    /// phones.</summary>
    private static SourceEvent SmsConsentUpdate(SourceSettings source, JsonElement body, DateTimeOffset at)
    {
        var (id, phone) =
            ((body.At("customer_id"u8) ?? body.At("id"u8)).Id(), PhoneNumber.Normalize(body.At("phone"u8).Text()));
        var buyer = new Buyer
        {
            Identities = Buyers.Identities(source.Name, id, null, id is null ? phone : null),
            Phone = phone,
            SeenAt = at
        };
        return Consent(body.At("sms_marketing_consent"u8), at) is { } consent
            ? new SourceEvent.ConsentChanged(buyer, "sms", consent) : new SourceEvent.Nothing("no consent state");
    }

    /// <summary>Ids come as <c>gid://shopify/Customer/{id}</c>; only <c>completed</c> has happened.</summary>
    private static SourceEvent Merge(SourceSettings source, JsonElement body)
    {
        var (kept, gone) = (Id("admin_graphql_api_customer_kept_id"u8), Id("admin_graphql_api_customer_deleted_id"u8));
        if (body.At("status"u8).Text() is { } status && status != "completed")
            return new SourceEvent.Nothing($"a merge that is {status}");
        return kept is not null && gone is not null
            ? new SourceEvent.CustomersMerged(new(source.Name, kept), new(source.Name, gone)) : NoId;

        string? Id(ReadOnlySpan<byte> name) => body.At(name).Text()?.Split('/')[^1] is { Length: > 0 } id ? id : null;
    }

    /// <summary>States: not_subscribed, pending, subscribed, unsubscribed, redacted, invalid; those that say neither
    /// yes nor no say nothing.</summary>
    private static ConsentRecord? Consent(JsonElement? consent, DateTimeOffset at)
    {
        ConsentState? state = consent.At("state"u8).Text() switch
        {
            "subscribed" => ConsentState.Given,
            "pending" => ConsentState.Pending,
            "unsubscribed" => ConsentState.Withdrawn,
            _ => null,
        };
        var level = consent.At("opt_in_level"u8).Text();
        return state is { } told ? new ConsentRecord(
            told,
            consent.Moment("consent_updated_at"u8) ?? at,
            "source",
            level is null ? null : $"opt_in_level {level}") : null;
    }

    private static List<Identity> Identities(SourceSettings source, JsonElement? person) =>
        Buyers.Identities(source.Name, person.At("id"u8).Id(),
            EmailAddress.Normalize(person.At("email"u8).Text()), PhoneNumber.Normalize(person.At("phone"u8).Text()));

    private static IEnumerable<string> Ids(JsonElement? list)
    {
        foreach (var id in list.Items()) if (((JsonElement?)id).Id() is { } text) yield return text;
    }

    internal static string[] Tags(string? list) =>
        list is null ? [] : list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

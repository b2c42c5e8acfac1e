using System.Text.Json;
using Automation.Marketing.Files;
using Automation.Marketing.People;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Intake;

/// <summary>Shopify's order, refund and fulfillment objects. Amounts are the shop's money, not the buyer's presentment
/// currency.</summary>
internal static class ShopifyOrders
{
    public static SourceEvent Seen(
        SourceSettings source, string topic, JsonElement body, DateTimeOffset at, ShopSettings? shop)
    {
        if (body.At("id"u8).Id() is not { } id) return new SourceEvent.Nothing("the body names no id");
        var updated = body.Moment("updated_at"u8) ?? at;
        var placed = body.Moment("processed_at"u8) ?? body.Moment("created_at"u8) ?? updated;
        var financial = body.At("financial_status"u8).Text();
        var refunds = new List<Refund>();
        foreach (var refund in body.At("refunds"u8).Items())
            if (Refund(refund, updated, body.At("currency"u8).Text()) is { } seen) refunds.Add(seen);
        var shipments = new List<Shipment>();
        foreach (var fulfillment in body.At("fulfillments"u8).Items()) if (Shipment(fulfillment, updated) is { } seen)
            shipments.Add(seen);
        // The topic is not signed, the body is: where that speaks of it, it is right.
        var says = body.TryGetProperty("fulfillment_status"u8, out _);
        var fulfillmentStatus = body.At("fulfillment_status"u8).Text();
        // "Send test notification" posts an order that was cancelled long ago, and is to go like one of today.
        var test = body.At("test"u8).IsTrue();
        var cancelled = topic == "orders/create" && test ? null
            : body.Moment("cancelled_at"u8)
                ?? (financial == "voided" || topic == "orders/cancelled" ? updated : (DateTimeOffset?)null);
        var order = new Order
        {
            Source = source.Name,
            Id = id,
            Number = body.At("name"u8).Text() ?? body.At("order_number"u8).Text() ?? id,
            PlacedAt = placed,
            UpdatedAt = updated,
            Currency = body.At("total_price_set"u8).At("shop_money"u8).Currency("currency_code"u8)
                ?? ((JsonElement?)body).Currency("currency"u8) ?? "",
            Total = ShopMoney(body, "total_price_set"u8, "total_price"u8)
                ?? throw new UnreadableException("The order names no total_price: have the webhook send it."),
            PaidAt = financial is "paid" or "partially_refunded" or "refunded"
                || financial is null && topic == "orders/paid" ? updated : null,
            FulfilledAt = fulfillmentStatus == "fulfilled" || topic == "orders/fulfilled" && !says
                ? (shipments.Count > 0 ? shipments.Max(s => s.At) : updated)
                : null,
            PartiallyFulfilled = fulfillmentStatus == "partial" || topic == "orders/partially_fulfilled" && !says,
            CancelledAt = cancelled,
            Channel = body.At("source_name"u8).Text() == "pos" ? "pos" : "web",
            PaymentMethod = Paid(body),
            DiscountCodes = Codes(body.At("discount_codes"u8)),
            Tags = ShopifyDialect.Tags(body.At("tags"u8).Text()),
            Unplaced = !source.IsPlaced(financial),
            Test = test,
            Contact = Contact(body),
            Lines = Lines(body, refunds),
            Refunds = refunds,
            Shipments = shipments,
            Deliveries = Deliveries(body.At("fulfillments"u8), updated),
        };
        return new SourceEvent.OrderUpserted(
            order, ShopifyDialect.Account(source, body.At("customer"u8), updated, shop, body));
    }

    /// <summary>Who is to be informed about the order; an account may name somebody else.</summary>
    public static string? Contact(JsonElement? order) =>
        EmailAddress.Normalize(order.At("email"u8).Text() ?? order.At("contact_email"u8).Text());

    /// <summary>A refund, as webhook or inside an order: successful transactions, or what its lines add up
    /// to.</summary>
    public static Refund? Refund(JsonElement body, DateTimeOffset at, string? shopCurrency = null)
    {
        if (body.At("id"u8).Id() is not { } id) return null;
        foreach (JsonElement? line in body.At("refund_line_items"u8).Items())
            shopCurrency ??= line.At("subtotal_set"u8).At("shop_money"u8).At("currency_code"u8).Text();
        decimal byTransactions = 0, byLines = 0;
        var transactions = 0;
        foreach (JsonElement? transaction in body.At("transactions"u8).Items())
        {
            if (transaction.At("kind"u8).Text() != "refund"
                || transaction.At("status"u8).Text() is not ("success" or null)) continue;
            if (shopCurrency is not null && transaction.At("currency"u8).Text() is { } currency
                && currency != shopCurrency) continue;
            byTransactions += transaction.Money("amount"u8) ?? 0;
            transactions++;
        }
        var lines = new List<string>();
        foreach (JsonElement? line in body.At("refund_line_items"u8).Items())
        {
            byLines += ShopMoney(line, "subtotal_set"u8, "subtotal"u8) + ShopMoney(
                line, "total_tax_set"u8, "total_tax"u8) ?? 0;
            if ((line.At("line_item_id"u8) ?? line.At("line_item"u8).At("id"u8)).Id() is { } lineId
                && !lines.Contains(lineId)) lines.Add(lineId);
        }
        return new Refund(
            id,
            body.Moment("processed_at"u8) ?? body.Moment("created_at"u8) ?? at,
            transactions > 0 ? byTransactions : byLines,
            lines);
    }

    public static Shipment? Shipment(JsonElement body, DateTimeOffset at)
    {
        if (body.At("id"u8).Id() is not { } id) return null;
        var created = body.Moment("created_at"u8) ?? at;
        var lines = new Dictionary<string, decimal>();
        if (body.At("status"u8).Text() is not ("cancelled" or "error" or "failure"))
            foreach (JsonElement? line in body.At("line_items"u8).Items())
                if (line.At("id"u8).Id() is { } lineId)
                    lines[lineId] = lines.GetValueOrDefault(lineId) + (line.Money("quantity"u8) ?? 1);
        return new Shipment(id, created, body.Moment("updated_at"u8) ?? created, lines);
    }

    /// <summary>The first of <c>payment_gateway_names</c> that is not a gift card; of orders that name none,
    /// <c>gateway</c>.</summary>
    private static string? Paid(JsonElement body)
    {
        string? card = null;
        foreach (JsonElement? name in body.At("payment_gateway_names"u8).Items())
            if (name.Text() is { } gateway && gateway != "gift_card") return gateway;
            else card ??= name.Text();
        return card ?? body.At("gateway"u8).Text();
    }

    /// <summary>The <c>code</c> of each of a list: Shopify's <c>discount_codes</c>, WooCommerce's
    /// <c>coupon_lines</c>.</summary>
    public static List<string> Codes(JsonElement? list)
    {
        var codes = new List<string>();
        foreach (JsonElement? item in list.Items())
            if (item.At("code"u8).Text() is { } code) codes.Add(code);
        return codes;
    }

    /// <summary>Of a list of fulfillments those whose <c>shipment_status</c> is <c>delivered</c>. Shopify does not say
    /// there when that was: then it is when the fulfillment last changed.</summary>
    public static IReadOnlyDictionary<string, DateTimeOffset>? Deliveries(JsonElement? fulfillments, DateTimeOffset at)
    {
        Dictionary<string, DateTimeOffset>? arrived = null;
        foreach (JsonElement? fulfillment in fulfillments.Items())
            if (fulfillment.At("shipment_status"u8).Text() == "delivered" && fulfillment.At("id"u8).Id() is { } id)
                (arrived ??= [])[id] = fulfillment.Moment("updated_at"u8) ?? at;
        return arrived;
    }

    private static List<OrderLine> Lines(JsonElement body, List<Refund> refunds)
    {
        var lines = new List<OrderLine>();
        foreach (JsonElement? line in body.At("line_items"u8).Items())
        {
            var id = line.At("id"u8).Id();
            // Taken out by an edit: nothing of it is left, and no refund says it came back.
            if (line.Money("current_quantity"u8) == 0
                && !refunds.Exists(refund => id is not null && refund.Lines.Contains(id)))
                continue;
            lines.Add(new OrderLine
            {
                Id = id,
                ProductId = line.At("product_id"u8).Id(),
                Sku = line.At("sku"u8).Text(),
                Title = line.At("title"u8).Text() ?? line.At("name"u8).Text() ?? "",
                Variant = line.At("variant_title"u8).Text(),
                Quantity = line.Money("quantity"u8) ?? 1,
                Price = ShopMoney(line, "price_set"u8, "price"u8) ?? 0,
            });
        }
        return lines;
    }

    private static decimal? ShopMoney(JsonElement? body, ReadOnlySpan<byte> set, ReadOnlySpan<byte> plain) =>
        body.At(set).At("shop_money"u8).Money("amount"u8) ?? body.Money(plain);
}

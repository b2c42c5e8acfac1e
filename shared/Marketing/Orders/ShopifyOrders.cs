using System.Text.Json;

namespace Automation.Marketing.Orders;

/// <summary>Shopify's order, refund and fulfillment objects. Amounts are the shop's money, not the buyer's presentment currency.</summary>
internal static class ShopifyOrders
{
    public static Notice Seen(SourceSettings source, string topic, JsonElement body, DateTimeOffset at)
    {
        if (body.At("id"u8).Id() is not { } id) return new Notice.Nothing("the body names no id");
        var updated = body.At("updated_at"u8).Moment() ?? at;
        var placed = body.At("processed_at"u8).Moment() ?? body.At("created_at"u8).Moment() ?? updated;
        var financial = body.At("financial_status"u8).Text();
        var refunds = new List<Refund>();
        foreach (var refund in body.At("refunds"u8).Items()) if (Refund(refund, updated, body.At("currency"u8).Text()) is { } seen) refunds.Add(seen);
        var shipments = new List<Shipment>();
        foreach (var fulfillment in body.At("fulfillments"u8).Items()) if (Shipment(fulfillment, updated) is { } seen) shipments.Add(seen);
        var fulfillmentStatus = body.At("fulfillment_status"u8).Text();
        // A create webhook carries the order as it was created, also when it is retried: what it says of a cancellation is of samples only.
        var cancelled = topic == "orders/create" ? null
            : body.At("cancelled_at"u8).Moment() ?? (financial == "voided" || topic == "orders/cancelled" ? updated : (DateTimeOffset?)null);
        var order = new Order
        {
            Source = source.Name,
            Id = id,
            Number = body.At("name"u8).Text() ?? body.At("order_number"u8).Text() ?? id,
            PlacedAt = placed,
            UpdatedAt = updated,
            Currency = (body.At("total_price_set"u8).At("shop_money"u8).At("currency_code"u8) ?? body.At("currency"u8)).Text() ?? "",
            Total = ShopMoney(body, "total_price_set"u8, "total_price"u8) ?? 0,
            PaidAt = financial is "paid" or "partially_refunded" or "refunded" || topic == "orders/paid" ? updated : null,
            FulfilledAt = fulfillmentStatus == "fulfilled" || topic == "orders/fulfilled" ? (shipments.Count > 0 ? shipments.Max(s => s.At) : updated) : null,
            PartiallyFulfilled = fulfillmentStatus == "partial" || topic == "orders/partially_fulfilled",
            CancelledAt = cancelled,
            Channel = body.At("source_name"u8).Text() == "pos" ? "pos" : "web",
            Test = body.At("test"u8).IsTrue(),
            Lines = Lines(body, refunds),
            Refunds = refunds,
            Shipments = shipments,
        };
        return new Notice.OrderSeen(order, ShopifyDialect.Account(source, body.At("customer"u8), updated, body));
    }

    /// <summary>A refund, as webhook or inside an order: successful transactions, or what its lines add up to.</summary>
    public static Refund? Refund(JsonElement body, DateTimeOffset at, string? shopCurrency = null)
    {
        if (body.At("id"u8).Id() is not { } id) return null;
        foreach (JsonElement? line in body.At("refund_line_items"u8).Items())
            shopCurrency ??= line.At("subtotal_set"u8).At("shop_money"u8).At("currency_code"u8).Text();
        decimal byTransactions = 0, byLines = 0;
        var transactions = 0;
        foreach (JsonElement? transaction in body.At("transactions"u8).Items())
        {
            if (transaction.At("kind"u8).Text() != "refund" || transaction.At("status"u8).Text() is not ("success" or null)) continue;
            if (shopCurrency is not null && transaction.At("currency"u8).Text() is { } currency && currency != shopCurrency) continue;
            byTransactions += transaction.At("amount"u8).Money() ?? 0;
            transactions++;
        }
        var lines = new List<string>();
        foreach (JsonElement? line in body.At("refund_line_items"u8).Items())
        {
            byLines += ShopMoney(line, "subtotal_set"u8, "subtotal"u8) + ShopMoney(line, "total_tax_set"u8, "total_tax"u8) ?? 0;
            if ((line.At("line_item_id"u8) ?? line.At("line_item"u8).At("id"u8)).Id() is { } lineId && !lines.Contains(lineId)) lines.Add(lineId);
        }
        return new Refund(id, body.At("processed_at"u8).Moment() ?? body.At("created_at"u8).Moment() ?? at, transactions > 0 ? byTransactions : byLines, lines);
    }

    public static Shipment? Shipment(JsonElement body, DateTimeOffset at)
    {
        if (body.At("id"u8).Id() is not { } id) return null;
        var created = body.At("created_at"u8).Moment() ?? at;
        var lines = new Dictionary<string, decimal>();
        if (body.At("status"u8).Text() is not ("cancelled" or "error" or "failure"))
            foreach (JsonElement? line in body.At("line_items"u8).Items())
                if (line.At("id"u8).Id() is { } lineId) lines[lineId] = lines.GetValueOrDefault(lineId) + (line.At("quantity"u8).Money() ?? 1);
        return new Shipment(id, created, body.At("updated_at"u8).Moment() ?? created, lines);
    }

    private static List<OrderLine> Lines(JsonElement body, List<Refund> refunds)
    {
        var lines = new List<OrderLine>();
        foreach (JsonElement? line in body.At("line_items"u8).Items())
        {
            var id = line.At("id"u8).Id();
            // Taken out by an edit: nothing of it is left, and no refund says it came back.
            if (line.At("current_quantity"u8).Money() == 0 && !refunds.Exists(refund => id is not null && refund.Lines.Contains(id))) continue;
            lines.Add(new OrderLine
            {
                Id = id,
                ProductId = line.At("product_id"u8).Id(),
                Sku = line.At("sku"u8).Text(),
                Title = line.At("title"u8).Text() ?? line.At("name"u8).Text() ?? "",
                Variant = line.At("variant_title"u8).Text(),
                Quantity = line.At("quantity"u8).Money() ?? 1,
                Price = ShopMoney(line, "price_set"u8, "price"u8) ?? 0,
            });
        }
        return lines;
    }

    private static decimal? ShopMoney(JsonElement? body, ReadOnlySpan<byte> set, ReadOnlySpan<byte> plain) =>
        body.At(set).At("shop_money"u8).At("amount"u8).Money() ?? body.At(plain).Money();
}

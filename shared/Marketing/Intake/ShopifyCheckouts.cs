using System.Text.Json;
using Automation.Marketing.Files;
using Automation.Marketing.People;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Intake;

/// <summary>Shopify's checkout object. There is no event of abandoning: a checkout is told while it changes, with
/// <c>completed_at</c> once it is an order. It says nothing of consent: a box is ticked before anybody has sent
/// anything off.</summary>
internal static class ShopifyCheckouts
{
    public static SourceEvent Seen(SourceSettings source, JsonElement body, DateTimeOffset at, ShopSettings? shop)
    {
        if (body.At("id"u8).Id() is not { } id) return new SourceEvent.Nothing("the body names no id");
        var updated = body.Moment("updated_at"u8) ?? at;
        var buyer = ShopifyDialect.Account(source, body.At("customer"u8), updated, shop, body);
        return new SourceEvent.CheckoutSeen(
            new()
            {
                Source = source.Name,
                Id = id,
                StartedAt = body.Moment("created_at"u8) ?? updated,
                UpdatedAt = updated,
                CompletedAt = body.Moment("completed_at"u8),
                Url = body.At("abandoned_checkout_url"u8).Text(),
                Total = body.Money("total_price"u8),
                Currency = ((JsonElement?)body).Currency("currency"u8),
                Lines = Lines(body),
            },
            buyer with { Consent = new Dictionary<string, ConsentRecord>(), AtCheckout = true, OrdersThere = null });
    }

    private static List<OrderLine> Lines(JsonElement body)
    {
        var lines = new List<OrderLine>();
        foreach (JsonElement? line in body.At("line_items"u8).Items())
            lines.Add(new OrderLine
            {
                ProductId = line.At("product_id"u8).Id(),
                Sku = line.At("sku"u8).Text(),
                Title = line.At("title"u8).Text() ?? line.At("presentment_title"u8).Text() ?? "",
                Variant = line.At("variant_title"u8).Text(),
                Quantity = line.Money("quantity"u8) ?? 1,
                Price = line.Money("price"u8) ?? 0,
            });
        return lines;
    }
}

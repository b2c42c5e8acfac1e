using System.Text.Json;
using Automation.Marketing.Files;
using Automation.Marketing.Inbox;
using Automation.Marketing.People;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Intake;

/// <summary>From a platform's words to ours: which dialect a source speaks.</summary>
public static class Dialects
{
    /// <summary>What the webhook tells. <see cref="UnreadableException"/> where the body is not JSON, or none a shop
    /// sends.</summary>
    /// <param name="shop">Whose it is: the country of national phone numbers, what its attributes are called
    /// there.</param>
    public static IReadOnlyList<SourceEvent> Read(SourceSettings source, Envelope envelope, ShopSettings? shop = null)
    {
        using var document = JsonReading.Parse(envelope.Body);
        var body = document.RootElement;
        var expected = source.Platform is Platform.Generic ? "a CloudEvent or an array of them" : "an object";
        if (body.ValueKind is not JsonValueKind.Object
            && (source.Platform is not Platform.Generic || body.ValueKind is not JsonValueKind.Array))
            throw new UnreadableException($"The body is {body.ValueKind} where {expected} was expected.");
        var at = envelope.TriggeredAt ?? envelope.ReceivedAt;
        return JsonReading.Reading(() => source.Platform switch
        {
            Platform.Shopify => ShopifyDialect.Read(source, envelope.Topic, body, at, shop),
            Platform.WooCommerce => WooCommerceDialect.Read(source, envelope.Topic, body, at, shop),
            _ => GenericDialect.Read(source.Name, body, at, shop),
        });
    }
}

using System.Text.Json;
using Automation.Marketing.Files;
using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;

namespace Automation.Marketing.Intake;

/// <summary>
/// CloudEvents from any system. <c>order.*</c> carries the order in <c>data</c>:
/// <code>
/// { "id", "number", "placedAt", "updatedAt", "currency", "total", "paidAt", "fulfilledAt", "deliveredAt",
///   "partiallyFulfilled", "cancelledAt", "channel": "web" | "pos", "paymentMethod", "discountCodes": [], "tags": [],
///   "test",
///   "lines":   [ { "id", "productId", "sku", "title", "variant", "quantity", "price", "url", "imageUrl" } ],
///   "refunds": [ { "id", "at", "amount", "lines": [ line or product ids ] } ],
///   "customer": { "id", "email", "phone", "line", "familyName", "givenName", "language", "country", "tags": [],
///                 "attributes": { "birthday": "1990-05-03" },
///                 "consent": { "email": { "state": "given", "at", "evidence" } }, "acceptsMarketing": true } }
/// </code>
/// Only <c>id</c> must be there; without <c>total</c> and <c>lines</c> the event adds its fact to the order known by
/// that id. <c>checkout.started</c>, <c>checkout.updated</c> and <c>checkout.completed</c> carry <c>{ "id", "url",
/// "startedAt", "currency", "total", "lines", "customer" }</c>. <c>customer.created</c> and <c>customer.updated</c>
/// carry the customer object; <c>consent.given</c> and <c>consent.withdrawn</c> <c>{ "channel", "at", "evidence" }</c>;
/// the shop's own types whatever they like.
/// <c>subject</c> is an identity.
/// </summary>
public static class GenericDialect
{
    /// <summary>CloudEvents name their type inside; outside they all have this topic.</summary>
    public const string Topic = "cloudevents";

    private const string CheckoutUpdated = "checkout.updated", CheckoutCompleted = "checkout.completed";

    public static IReadOnlyList<SourceEvent> Read(
        string source, JsonElement body, DateTimeOffset at, ShopSettings? shop = null) =>
        [.. CloudEvent.ReadAll(body).Select(happened => Read(source, happened, at, shop))];

    /// <summary>What one event tells; <paramref name="at"/> stands in where it names no time.</summary>
    public static SourceEvent Read(string source, CloudEvent happened, DateTimeOffset at, ShopSettings? shop = null)
    {
        var time = happened.Time ?? at;
        var data = happened.Data;
        var person = data.At("customer"u8)
            ?? (happened.Type.StartsWith("customer.", StringComparison.Ordinal) ? data : null);
        var buyer = Person(source, person, happened.Subject, time, shop) with
        {
            AtCheckout = happened.Type.StartsWith("order.", StringComparison.Ordinal)
        };
        switch (happened.Type)
        {
            case EventTypes.OrderPlaced or EventTypes.OrderPaid or EventTypes.OrderUpdated or EventTypes.OrderFulfilled
                or EventTypes.OrderPartiallyFulfilled or EventTypes.OrderDelivered or EventTypes.OrderCancelled
                or EventTypes.OrderRefunded:
                return new SourceEvent.OrderUpserted(
                    Order(source, OrderId(happened), happened, data, time) with { Contact = buyer.Email }, buyer);
            case "order.deleted":
                return new SourceEvent.OrderDeleted(OrderId(happened), time);
            case EventTypes.CustomerCreated or EventTypes.CustomerUpdated:
                return new SourceEvent.CustomerUpserted(buyer, happened.Type == EventTypes.CustomerCreated);
            case EventTypes.CustomerErased:
                return new SourceEvent.CustomerRedact(buyer.Identities, []);
            case EventTypes.ConsentPending or EventTypes.ConsentGiven or EventTypes.ConsentWithdrawn:
                return new SourceEvent.ConsentChanged(buyer, data.At("channel"u8).Text() ?? "email", new ConsentRecord(
                    happened.Type switch
                    {
                        EventTypes.ConsentPending => ConsentState.Pending,
                        EventTypes.ConsentGiven => ConsentState.Given,
                        _ => ConsentState.Withdrawn
                    },
                    data.Moment("at"u8) ?? time, "source", data.At("evidence"u8).Text() ?? $"{source}: {happened.Id}"));
            case EventTypes.CheckoutStarted or CheckoutUpdated or CheckoutCompleted:
                return Checkout(source, happened, data, time, buyer);
            case EventTypes.CheckoutAbandoned or EventTypes.CustomerLate or EventTypes.MailDelivered
                or EventTypes.MailOpened or EventTypes.MailClicked or EventTypes.MailBounced or EventTypes.LineFollowed
                or EventTypes.LineUnfollowed or EventTypes.LineSaid or EventTypes.LineTapped or EventTypes.LineLinked
                or EventTypes.LineUnsent:
                return new SourceEvent.Nothing($"{happened.Type} is for us to say");
            case var misspelt when Meant(misspelt) is { } meant:
                throw new UnreadableException($"There is no event {misspelt}; did you mean {meant}?");
            default:
                var (carried, odd) = Carried(happened.Type, data, shop);
                return new SourceEvent.Happened
                {
                    Id = happened.Id,
                    Type = happened.Type,
                    At = time,
                    Buyer = buyer with { Misfits = [.. buyer.Misfits, .. odd] },
                    Data = carried,
                };
        }
    }

    private static string OrderId(CloudEvent happened) =>
        happened.Data.At("id"u8).Id()
        ?? throw new UnreadableException($"{happened.Type} {happened.Id} names no order: its data needs \"id\".");

    /// <summary>The event of ours that a type of one of our families was probably meant to be; null: it may be
    /// anything.</summary>
    private static string? Meant(string type)
    {
        if (EventTypes.Reserved.FirstOrDefault(
            family => type.StartsWith(family, StringComparison.Ordinal)) is not { } family) return null;
        return Nearest.To(type[family.Length..], EventTypes.All.Where(known => known.StartsWith(family,
            StringComparison.Ordinal)).Select(known => known[family.Length..])) is { } near ? family + near : null;
    }

    private static Order Order(string source, string id, CloudEvent happened, JsonElement? data, DateTimeOffset time)
    {
        var placed = data.Moment("placedAt"u8);
        var total = data.Money("total"u8);
        var refunds = new List<Refund>();
        foreach (JsonElement? refund in data.At("refunds"u8).Items())
            refunds.Add(new Refund(
                refund.At("id"u8).Id() ?? $"{refunds.Count + 1}",
                refund.Moment("at"u8) ?? time,
                refund.Money("amount"u8) ?? 0,
                Texts(refund.At("lines"u8))));
        if (happened.Type == EventTypes.OrderRefunded && refunds.Count == 0)
        {
            var (amount, lines) = (data.Money("amount"u8), Texts(data.At("refundedLines"u8)));
            refunds.Add(new(happened.Id, time, amount ?? total ?? 0, lines)
            {
                IsAll = amount is null && lines.Count == 0,
            });
        }
        return new Order
        {
            Source = source,
            Id = id,
            Number = data.At("number"u8).Text() ?? id,
            PlacedAt = placed ?? time,
            UpdatedAt = data.Moment("updatedAt"u8) ?? time,
            Currency = data.Currency("currency"u8) ?? "",
            Total = total ?? 0,
            PaidAt = data.Moment("paidAt"u8) ?? (happened.Type == EventTypes.OrderPaid ? time : null),
            FulfilledAt = data.Moment("fulfilledAt"u8) ?? (happened.Type == EventTypes.OrderFulfilled ? time : null),
            Deliveries = (data.Moment("deliveredAt"u8) ?? (happened.Type == EventTypes.OrderDelivered ? time : null))
                is { } arrived ? new Dictionary<string, DateTimeOffset> { [People.Order.WholeOrder] = arrived } : null,
            PartiallyFulfilled = data.At("partiallyFulfilled"u8).IsTrue()
                || happened.Type == EventTypes.OrderPartiallyFulfilled,
            CancelledAt = data.Moment("cancelledAt"u8) ?? (happened.Type == EventTypes.OrderCancelled ? time : null),
            Channel = data.At("channel"u8).Text() == "pos" ? "pos" : "web",
            PaymentMethod = data.At("paymentMethod"u8).Text(),
            DiscountCodes = Texts(data.At("discountCodes"u8)),
            Tags = Texts(data.At("tags"u8)),
            Test = data.At("test"u8).IsTrue(),
            Lines = Lines(data),
            Refunds = refunds,
            Fragment = total is null && data.At("lines"u8) is null && happened.Type != EventTypes.OrderPlaced,
        };
    }

    private static SourceEvent.CheckoutSeen Checkout(
        string source, CloudEvent happened, JsonElement? data, DateTimeOffset time, Buyer buyer) => new(
            new()
            {
                Source = source,
                Id = data.At("id"u8).Id() ?? throw new UnreadableException(
                    $"{happened.Type} {happened.Id} names no checkout: its data needs \"id\"."),
                StartedAt = data.Moment("startedAt"u8) ?? time,
                UpdatedAt = data.Moment("updatedAt"u8) ?? time,
                CompletedAt = data.Moment("completedAt"u8) ?? (happened.Type == CheckoutCompleted ? time : null),
                Url = data.At("url"u8).Text(),
                Total = data.Money("total"u8),
                Currency = data.Currency("currency"u8),
                Lines = Lines(data),
            },
            buyer with { AtCheckout = true });

    private static List<OrderLine> Lines(JsonElement? data)
    {
        var lines = new List<OrderLine>();
        foreach (JsonElement? line in data.At("lines"u8).Items())
            lines.Add(new OrderLine
            {
                Id = line.At("id"u8).Id(),
                ProductId = line.At("productId"u8).Id(),
                Sku = line.At("sku"u8).Text(),
                Title = line.At("title"u8).Text() ?? "",
                Variant = line.At("variant"u8).Text(),
                Quantity = line.Money("quantity"u8) ?? 1,
                Price = line.Money("price"u8) ?? 0,
                Url = line.At("url"u8).Text(),
                ImageUrl = line.At("imageUrl"u8).Text(),
            });
        return lines;
    }

    private static Buyer Person(
        string source, JsonElement? person, string? subject, DateTimeOffset time, ShopSettings? shop)
    {
        var named = Identity.Parse(subject);
        var email = EmailAddress.Normalize(person.At("email"u8).Text())
            ?? (named is { Kind: Identity.Email } byMail ? byMail.Value : null);
        var phone = PhoneNumber.Normalize(
            person.At("phone"u8).Text(), person.At("country"u8).Text(), shop?.PhoneCountry)
            ?? (named is { Kind: Identity.Phone } byPhone ? byPhone.Value : null);
        var line = person.At("line"u8).Text() ?? (named is { Kind: Identity.Line } byLine ? byLine.Value : null);
        var identities = Buyers.Identities(source, person.At("id"u8).Id(), email, phone, line);
        if (named is { } identity && !identities.Contains(identity)) identities.Add(identity);
        var consent = new Dictionary<string, ConsentRecord>();
        if (person.At("consent"u8) is { ValueKind: JsonValueKind.Object } channels)
            foreach (var channel in channels.EnumerateObject())
                if (State(((JsonElement?)channel.Value).At("state"u8).Text()) is { } state)
                    consent[channel.Name] = new ConsentRecord(
                        state, channel.Value.Moment("at"u8) ?? time, "source", channel.Value.At("evidence"u8).Text());
        if (person.At("acceptsMarketing"u8).IsTrue())
            consent.TryAdd("email", new ConsentRecord(ConsentState.Given, time, "checkout", source));
        var attributes = new SourceAttributes(shop).Own(person);
        return new Buyer
        {
            Identities = identities,
            Attributes = attributes.Values,
            Misfits = attributes.Misfits,
            Email = email,
            Phone = phone,
            FamilyName = person.At("familyName"u8).Text(),
            GivenName = person.At("givenName"u8).Text(),
            Language = person.At("language"u8).Text(),
            Country = person.At("country"u8).Text(),
            Tags = Texts(person.At("tags"u8)),
            Consent = consent,
            SeenAt = time,
        };
    }

    private static ConsentState? State(string? text) => text switch
    {
        "given" => ConsentState.Given,
        "withdrawn" => ConsentState.Withdrawn,
        "pending" => ConsentState.Pending,
        _ => null,
    };

    private static List<string> Texts(JsonElement? list)
    {
        var texts = new List<string>();
        foreach (JsonElement? text in list.Items()) if (text.Text() is { } told) texts.Add(told);
        return texts;
    }

    /// <summary>What an event of the shop's own carries: declared members of their types, the others as they
    /// are.</summary>
    private static (Dictionary<string, JsonElement>? Data, IReadOnlyList<Misfit> Odd) Carried(
        string type, JsonElement? data, ShopSettings? shop)
    {
        var (carried, odd) = (new Dictionary<string, JsonElement>(), new List<Misfit>());
        var declared = shop?.EventData.GetValueOrDefault(type);
        foreach (var (name, wanted) in declared ?? NoTypes)
            if (wanted != "list"
                && shop!.EventDataMayLack.GetValueOrDefault(type)?.Contains(name) != true
                && (data is not { ValueKind: JsonValueKind.Object } given
                    || !given.TryGetProperty(name, out var there)
                    || there.ValueKind is JsonValueKind.Null))
                odd.Add(new(name, type, $"event.{name} is missing (\"{wanted}?\" in shop.json says that it may be)"));
        if (data is not { ValueKind: JsonValueKind.Object } members) return (null, odd);
        foreach (var member in members.EnumerateObject())
            if (declared?.TryGetValue(member.Name, out var wanted) != true
                || member.Value.ValueKind is JsonValueKind.Null) carried[member.Name] = member.Value.Clone();
            else if (TypedValues.Of(member.Value, wanted!, shop!) is { } fitting) carried[member.Name] = fitting;
            else
                odd.Add(new(member.Name, type,
                    $"event.{member.Name} is a {wanted}, not {TypedValues.Shape(member.Value)}"));
        return (carried, odd);
    }

    private static readonly Dictionary<string, string> NoTypes = [];
}

using System.Collections.Frozen;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;
using Facts = Automation.Marketing.Customers.Facts;

namespace Automation.Marketing.Mails;

/// <summary>What blanks can see: plain dictionaries and values made from a situation, nothing to reach through. Times
/// are the customer's.</summary>
public static class MailModel
{
    /// <param name="wanted">What will be looked at, <c>now</c> or <c>customer.orders</c>: the rest may be missing.
    /// Null: everything.</param>
    /// <param name="told">What there is to say of suggestions already met, for one shop.</param>
    /// <param name="language">Of the mail; null: the shop's own.</param>
    public static Dictionary<string, object?> Of(Situation situation, Purpose purpose, string? unsubscribeUrl,
        IReadOnlySet<string>? wanted = null, ConditionalWeakTable<Suggestion, Dictionary<string, object?>>? told = null,
        string? language = null)
    {
        var (customer, shop) = (Greeted(situation.Customer), situation.Shop);
        var zone = Zones.Of(customer.TimeZone, shop.TimeZone);
        var ordered = situation.Order is { } order ? Of(order, shop, zone, wanted) : null;
        var suggestions = situation.Suggestions.Count > 0
            && (Wants(wanted, "suggestions") || Wants(wanted, "shown.suggestions"))
            ? Rows(situation.Suggestions, Suggested) : null;
        return new(12)
        {
            ["customer"] = Of(customer, shop, situation.Now, zone, wanted, language),
            ["shop"] = Shop(shop),
            ["order"] = ordered,
            ["suggestion"] =
                situation.Suggestions is [var first, ..] && Wants(wanted, "suggestion") ? Suggested(first) : null,
            ["suggestions"] = suggestions,
            ["shown"] = !Wants(wanted, "shown") ? null : new Dictionary<string, object?>(2)
            {
                ["suggestions"] = Counted(suggestions),
                ["order"] = Counted(ordered?.GetValueOrDefault("rows") as List<Dictionary<string, object?>>),
            },
            ["coupon"] = situation.Coupon is { } coupon ? Of(coupon, zone) : null,
            ["event"] = situation.Event is { } happened ? Of(happened, shop, zone) : null,
            ["now"] = !Wants(wanted, "now") ? null : TimeZoneInfo.ConvertTime(situation.Now, zone),
            ["marketing"] = purpose == Purpose.Marketing,
            ["unsubscribeUrl"] = unsubscribeUrl,
            ["confirmUrl"] = situation.ConfirmUrl,
            ["linkUrl"] = situation.LinkUrl,
        };

        Dictionary<string, object?> Suggested(Suggestion suggestion) =>
            told is null ? Of(suggestion, shop) : told.GetValue(suggestion, met => Of(met, shop));
    }

    private static bool Wants(IReadOnlySet<string>? wanted, string name) => wanted?.Contains(name) != false;

    private static Dictionary<string, object?> Of(
        Customer customer, ShopSettings shop, DateTimeOffset now, TimeZoneInfo zone, IReadOnlySet<string>? wanted,
        string? language)
    {
        var words = Words(shop, language);
        return new(10)
        {
            ["familyName"] = customer.FamilyName,
            ["givenName"] = customer.GivenName,
            ["name"] = !Wants(wanted, "customer.name") ? null
                : words.Name(customer.FamilyName, customer.GivenName) is { Length: > 0 } name ? name : words.Somebody,
            ["salutation"] = !Wants(wanted, "customer.salutation")
                ? null : words.Address(customer.FamilyName, customer.GivenName),
            ["email"] = customer.Email,
            ["phone"] = customer.Phone,
            ["language"] = customer.Language,
            ["orders"] = !Wants(wanted, "customer.orders") ? null : Of(customer.Orders, shop, now, zone),
            ["attributes"] = customer.Attributes.Count == 0 || !Wants(wanted, "customer.attributes")
                ? null : Typed(customer.Attributes, name => shop.Attributes.GetValueOrDefault(name), zone),
        };
    }

    /// <summary>Rows of before names were looked at when they came in are looked at here.</summary>
    private static Customer Greeted(Customer customer)
    {
        var (family, given) = (Wording.Name(customer.FamilyName), Wording.Name(customer.GivenName));
        return ReferenceEquals(family, customer.FamilyName) && ReferenceEquals(given, customer.GivenName)
            ? customer
            : customer with { FamilyName = family, GivenName = given };
    }

    private static Dictionary<string, object?> Of(
        OrderFacts facts, ShopSettings shop, DateTimeOffset now, TimeZoneInfo zone) => new(5)
        {
            ["count"] = Facts.Count(facts),
            ["total"] = new Money(Facts.Total(facts), shop.Currency),
            ["firstAt"] = Local(Facts.FirstAt(facts), zone),
            ["lastAt"] = Local(Facts.LastAt(facts), zone),
            ["daysSinceLast"] = Facts.DaysSinceLast(facts, now) is { } days ? (long)days : null,
        };

    /// <summary>The same for every mail until shop.json changes.</summary>
    private static Dictionary<string, object?> Shop(ShopSettings shop) => Known(shop).Model;

    private static Told Known(ShopSettings shop)
    {
        if (latest is { } known && ReferenceEquals(known.Shop, shop)) return known;
        return latest = new Told(shop, ShopModel.Of(shop), MailWords.Known(shop).ToFrozenDictionary(
            language => language, language => MailWords.Of(shop, language)), MailWords.Of(shop, null));
    }

    private static MailWords Words(ShopSettings shop, string? language) =>
        language is null ? Known(shop).Own : Known(shop).Words.GetValueOrDefault(language) ?? Known(shop).Own;

    private sealed record Told(
        ShopSettings Shop, Dictionary<string, object?> Model, FrozenDictionary<string, MailWords> Words, MailWords Own);

    private static volatile Told? latest;

    /// <summary>Rows by how many there are, three at most.</summary>
    private static Dictionary<string, object?>? Counted(List<Dictionary<string, object?>>? rows) =>
        rows is null ? null : new(1)
        {
            [rows.Count switch { 1 => "one", 2 => "two", _ => "three" }] =
                rows.Count > MailBlock.MostProducts ? rows[..MailBlock.MostProducts] : rows,
        };

    private static Dictionary<string, object?> Of(
        Order order, ShopSettings shop, TimeZoneInfo zone, IReadOnlySet<string>? wanted) => new(12)
        {
            ["number"] = order.Number,
            ["total"] = new Money(order.Total, order.Currency),
            ["refunded"] = order.Refunded == 0 ? null : new Money(order.Refunded, order.Currency),
            ["placedAt"] = Local(order.PlacedAt, zone),
            ["paidAt"] = Local(order.PaidAt, zone),
            ["fulfilledAt"] = Local(order.FulfilledAt, zone),
            ["deliveredAt"] = Local(order.DeliveredAt, zone),
            ["cancelledAt"] = Local(order.CancelledAt, zone),
            ["channel"] = order.Channel,
            ["lines"] = order.Lines.Count == 0 ? null : Rows(order.Lines, line => new(7)
            {
                ["title"] = line.Title,
                ["variant"] = line.Variant,
                ["quantity"] = line.Quantity,
                ["price"] = new Money(line.Price, order.Currency),
                ["url"] = line.Url,
                ["imageUrl"] = line.ImageUrl,
                ["sku"] = line.Sku,
            }),
            ["rows"] = order.Lines.Count == 0 || !(Wants(wanted, "order.rows") || Wants(wanted, "shown.order"))
            ? null : Rows(order.Lines, line => Of(line, order, shop)),
        };

    /// <summary>A line as blocks show it.</summary>
    private static Dictionary<string, object?> Of(OrderLine line, Order order, ShopSettings shop) => new(7)
    {
        ["title"] = line.Title,
        ["variant"] = line.Variant,
        ["quantity"] = line.Quantity,
        ["price"] = new Money(line.Price, order.Currency),
        ["amount"] = new Money(line.Price * line.Quantity, order.Currency),
        ["leads"] = ShopModel.Web(line.Url)
            ?? (line.ProductId is { } id ? ShopModel.Web(shop.PageOf(id, line.Title)) : null),
        ["picture"] = ShopModel.Picture(line.ImageUrl, line.ProductId, shop),
    };

    private static Dictionary<string, object?> Of(Suggestion suggestion, ShopSettings shop) => new(7)
    {
        ["id"] = suggestion.ProductId,
        ["title"] = suggestion.Title,
        ["url"] = suggestion.Url,
        ["price"] = suggestion.Price is { } price ? new Money(price, shop.Currency) : null,
        ["imageUrl"] = suggestion.ImageUrl,
        ["leads"] = ShopModel.Web(suggestion.Url),
        ["picture"] = ShopModel.Picture(suggestion.ImageUrl, suggestion.ProductId, shop),
    };

    private static Dictionary<string, object?> Of(Coupon coupon, TimeZoneInfo zone) => new(2)
    {
        ["code"] = coupon.Code,
        ["expires"] = coupon.Expires is { } day
            ? Zones.Instant(day.ToDateTime(TimeOnly.MinValue), zone)
            : null,
    };

    private static List<Dictionary<string, object?>> Rows<T>(
        IReadOnlyList<T> items, Func<T, Dictionary<string, object?>> row)
    {
        var rows = new List<Dictionary<string, object?>>(items.Count);
        foreach (var item in items) rows.Add(row(item));
        return rows;
    }

    private static DateTimeOffset? Local(DateTimeOffset? at, TimeZoneInfo zone) =>
        at is { } moment ? TimeZoneInfo.ConvertTime(moment, zone) : null;

    /// <summary>When it happened, and what it carries.</summary>
    private static Dictionary<string, object?> Of(ShopEvent happened, ShopSettings shop, TimeZoneInfo zone)
    {
        var told = happened.Data is { } data
            ? Typed(data, name => EventFields.Declared(happened.Type, name, shop), zone)
            : new Dictionary<string, object?>(2);
        told.TryAdd("type", happened.Type);
        told.TryAdd("at", TimeZoneInfo.ConvertTime(happened.At, zone));
        return told;
    }

    /// <summary>Values of their declared types; what is of another type is not there. Nobody declared: as it is
    /// written.</summary>
    private static Dictionary<string, object?> Typed(
        IReadOnlyDictionary<string, JsonElement> values, Func<string, string?> declared, TimeZoneInfo zone)
    {
        var typed = new Dictionary<string, object?>(values.Count + 2);
        foreach (var (name, value) in values)
            typed[name] = (declared(name), value.ValueKind) switch
            {
                ("date", JsonValueKind.String) => Date(value.GetString()!, zone),
                ("number", JsonValueKind.Number) => value.TryGetDecimal(out var number) ? number : null,
                ("text" or "link", JsonValueKind.String) => value.GetString(),
                ("flag", JsonValueKind.True) => true,
                ("flag", JsonValueKind.False) => false,
                ("list", JsonValueKind.Array) => Listed(value),
                (not null, _) => null,
                (null, JsonValueKind.String) => value.GetString(),
                (null, JsonValueKind.Number) => value.TryGetDecimal(out var number) ? number : value.GetRawText(),
                (null, JsonValueKind.True) => true,
                (null, JsonValueKind.False) => false,
                (null, JsonValueKind.Null or JsonValueKind.Undefined) => null,
                _ => value.GetRawText(),
            };
        return typed;
    }

    /// <summary>A day is that day wherever the customer lives; a moment is on their clocks.</summary>
    private static DateTimeOffset? Date(string text, TimeZoneInfo zone) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? Zones.Instant(day.ToDateTime(TimeOnly.MinValue), zone)
            : Local(AttributeFields.Moment(text, null), zone);

    /// <summary>煎茶、ほうじ茶; null where it is empty.</summary>
    private static string? Listed(JsonElement list) => string.Join('、', list.EnumerateArray()
        .Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString())) is { Length: > 0 } all
            ? all
            : null;
}

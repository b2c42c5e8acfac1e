using Automation.Marketing.People;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Segments;

/// <summary>What events carry: the same for all, the product's own by type, the shop's own as shop.json declares
/// them.</summary>
public static class EventFields
{
    public static readonly IReadOnlyList<Field> Common =
    [
        new("event.type", FieldType.Text, "出来事の種類", "E.g. order.placed", s => s.Event?.Type),
        new("event.at", FieldType.Time, "出来事の日時", "When it happened", s => s.Event?.At),
        new("event.daysSince", FieldType.Number, "出来事からの日数", "Days since it happened",
            s => CustomerFields.Days(s.Event?.At, s)),
        new("event.mail", FieldType.Text, "メールの名前", "The mail's name (mail events)", s => s.Event?.Mail),
    ];

    private static readonly Dictionary<string, string> OfCheckouts = new()
    {
        ["url"] = "link",
        ["total"] = "number",
        ["currency"] = "text",
        ["products"] = "list",
        ["titles"] = "list",
        ["quantity"] = "number",
    };

    /// <summary>What the product's own events carry beside that.</summary>
    private static readonly Dictionary<string, IReadOnlyDictionary<string, string>> OfTheProduct = new()
    {
        [EventTypes.CheckoutStarted] = OfCheckouts,
        [EventTypes.CheckoutAbandoned] = OfCheckouts,
        [EventTypes.MailClicked] = new Dictionary<string, string> { ["url"] = "link" },
        [EventTypes.MailBounced] = new Dictionary<string, string> { ["reason"] = "text" },
        [EventTypes.ConsentPending] = new Dictionary<string, string> { ["channel"] = "text" },
        [EventTypes.ConsentGiven] = new Dictionary<string, string> { ["channel"] = "text" },
        [EventTypes.ConsentWithdrawn] = new Dictionary<string, string> { ["channel"] = "text" },
        [EventTypes.LineFollowed] = new Dictionary<string, string> { ["again"] = "flag" },
        [EventTypes.LineSaid] =
            new Dictionary<string, string> { ["kind"] = "text", ["text"] = "text", ["message"] = "text" },
        [EventTypes.LineTapped] = new Dictionary<string, string> { ["data"] = "text", ["chosen"] = "text" },
        [EventTypes.LineUnsent] = new Dictionary<string, string> { ["message"] = "text" },
    };

    /// <summary>What events of a type carry, each time: what of the product's own may be missing, and lists, which may
    /// be empty, are none of it.</summary>
    public static bool IsSure(string eventType, string name, ShopSettings shop) =>
        OfTheProduct.ContainsKey(eventType)
            ? (eventType, name) is (EventTypes.MailClicked, "url") or (_, "channel") or (EventTypes.CheckoutStarted
                or EventTypes.CheckoutAbandoned, "quantity")
            : shop.EventData.TryGetValue(eventType, out var declared)
                && declared.TryGetValue(name, out var type)
                && type != "list"
                && shop.EventDataMayLack.GetValueOrDefault(eventType)?.Contains(name) != true;

    /// <summary>Types of events that carry all of these names.</summary>
    public static IEnumerable<string> Carrying(IReadOnlyCollection<string> names, ShopSettings? shop) =>
        Types(shop).Where(type => names.All(name => Carried(type, shop)?.ContainsKey(name) == true));

    /// <summary>The declared type of what an event carries by a name; null: nothing.</summary>
    public static string? Declared(string eventType, string name, ShopSettings shop) =>
        Carried(eventType, shop)?.GetValueOrDefault(name);

    /// <summary>Names of what events of a type carry.</summary>
    public static IEnumerable<string> Names(string eventType, ShopSettings shop) =>
        Carried(eventType, shop)?.Keys ?? [];

    /// <summary>Null where an event of the type (any type where null) carries nothing of the name.</summary>
    public static Field? Find(string name, ShopSettings? shop, string? eventType)
    {
        foreach (var type in eventType is null ? Types(shop) : [eventType])
            if (Carried(type, shop)?.TryGetValue(name, out var declared) == true
                && AttributeFields.Types.TryGetValue(declared, out var fieldType))
                return Make(name, fieldType, declared);
        return null;
    }

    /// <summary>Everything events of the type (all types where null) carry by name.</summary>
    public static IEnumerable<Field> Of(ShopSettings? shop, string? eventType = null) =>
        (eventType is null ? Types(shop) : [eventType])
            .SelectMany(type => Carried(type, shop)?.Keys ?? [])
            .Distinct()
            .Select(name => Find(name, shop, eventType)!);

    /// <summary>Does an event of the type have this field at all?</summary>
    public static bool Has(string eventType, Field field) =>
        field.Name != "event.mail" || eventType.StartsWith("mail.", StringComparison.Ordinal);

    private static IEnumerable<string> Types(ShopSettings? shop) =>
        [.. OfTheProduct.Keys, .. shop?.EventData.Keys ?? []];

    private static IReadOnlyDictionary<string, string>? Carried(string type, ShopSettings? shop) =>
        OfTheProduct.TryGetValue(type, out var ours) ? ours
        : shop is not null && shop.EventData.TryGetValue(type, out var theirs) ? theirs
        : null;

    private static Field Make(string name, FieldType type, string declared) =>
        new(Fields.EventPrefix + name, type, name, $"Carried by the event: {declared}", s =>
            AttributeFields.Read(s.Event?.Data, name, type, s.Shop));
}

using System.Collections.Frozen;

namespace Automation.Marketing.Mails;

/// <summary>The names blanks may have: what a mail can say about customer, order, shop and suggestions.</summary>
public static class MailNames
{
    private static readonly string[] Item = ["id", "title", "url", "price", "imageUrl"];

    /// <summary>Lists for {{#each}}, with the names inside.</summary>
    public static readonly FrozenDictionary<string, string[]> Lists = new Dictionary<string, string[]>
    {
        ["order.lines"] = ["title", "variant", "quantity", "price", "url", "imageUrl", "sku"],
        ["suggestions"] = Item,
    }.ToFrozenDictionary();

    /// <summary>Names that may stand anywhere; <c>customer.attributes.…</c> and <c>event.…</c> come on top.</summary>
    public static readonly FrozenSet<string> All = new[]
    {
        "customer.familyName", "customer.givenName", "customer.name", "customer.salutation", "customer.email",
    "customer.phone", "customer.language",
        "customer.orders.count", "customer.orders.total", "customer.orders.firstAt", "customer.orders.lastAt",
    "customer.orders.daysSinceLast",
        "order.number", "order.total", "order.refunded", "order.placedAt", "order.paidAt", "order.fulfilledAt",
        "order.deliveredAt", "order.cancelledAt", "order.channel",
        "shop.name", "shop.postalAddress", "shop.url", "shop.contact.email", "shop.contact.phone", "shop.contact.url",
        "coupon.code", "coupon.expires", "unsubscribeUrl", "confirmUrl", "linkUrl", "now",
    }.Concat(Item.Select(name => $"suggestion.{name}")).ToFrozenSet();

    /// <summary>What can only be asked for with {{#if}}.</summary>
    private static readonly FrozenSet<string> Things =
        new[] { "order", "coupon", "suggestion", "order.lines", "suggestions", "customer.orders" }.ToFrozenSet();

    private static readonly FrozenSet<string> Loop = new[] { "@first", "@last", "@index" }.ToFrozenSet();

    /// <summary>The path in the model, or null where there is no such name. Inside {{#each}} the entry's names come
    /// first; <paramref name="asked"/>: the name is only asked for ({{#if}}), not written.</summary>
    public static string? Resolve(string name, string? list, bool asked)
    {
        if (list is not null && Loop.Contains(name)) return name;
        if (list is not null
            && Lists[list].Contains(name.StartsWith("this.", StringComparison.Ordinal) ? name[5..] : name))
            return name.StartsWith("this.", StringComparison.Ordinal) ? name : $"this.{name}";
        if (All.Contains(name) || (asked && Things.Contains(name))) return $"@root.{name}";
        foreach (var open in (string[])["customer.attributes.", "event."])
            if (name.StartsWith(open, StringComparison.Ordinal) && name.Length > open.Length
                && name.AsSpan(open.Length).IndexOfAny(".[]\"") < 0)
                return $"@root.{open}[{name[open.Length..]}]";
        return null;
    }

    /// <summary>The nearest known name.</summary>
    public static string? Near(string name, string? list) =>
        Time.Nearest.To(name, list is null ? All : Lists[list].Concat(All));
}

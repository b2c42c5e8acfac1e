using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Automation.Marketing.Shop;

namespace Automation.Marketing.Segments;

/// <summary>The catalogue: every field by name. It drives conditions, the blanks of mails, the editor schemas and the
/// documentation. Beside the fixed fields there are the shop's own attributes (<c>customer.attributes.{name}</c>) and
/// what events carry (<c>event.{name}</c>).</summary>
public static class Fields
{
    public const string AttributePrefix = "customer.attributes.";
    public const string EventPrefix = "event.";
    public const string OrderPrefix = "order.";

    /// <summary>The fixed fields.</summary>
    public static readonly IReadOnlyList<Field> All = [.. CustomerFields.All, .. OrderFields.All,
        .. EventFields.Common];

    private static readonly FrozenDictionary<string, Field> ByName = All.ToFrozenDictionary(field => field.Name);

    /// <summary>A fixed field.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out Field? field) =>
        ByName.TryGetValue(name, out field);

    /// <summary>A fixed field, an attribute the shop declares, or something an event of the type carries (any type
    /// where null).</summary>
    public static Field? Find(string name, ShopSettings? shop, string? eventType = null)
    {
        if (ByName.TryGetValue(name, out var known)) return known;
        if (name.StartsWith(AttributePrefix, StringComparison.Ordinal))
            return AttributeFields.Find(name[AttributePrefix.Length..], shop);
        return name.StartsWith(EventPrefix, StringComparison.Ordinal)
            ? EventFields.Find(name[EventPrefix.Length..], shop, eventType) : null;
    }

    /// <summary>All a shop may name, for suggestions and documentation.</summary>
    public static IEnumerable<Field> Of(ShopSettings shop, string? eventType = null) =>
        [.. All, .. shop.Attributes.Keys.Select(name => AttributeFields.Find(name, shop)!),
            .. EventFields.Of(shop, eventType)];

    /// <summary>What a field holds now; null: nothing known, or no such field.</summary>
    public static object? Value(string name, Situation situation) =>
        Find(name, situation.Shop, situation.Event?.Type)?.Read(situation);
}

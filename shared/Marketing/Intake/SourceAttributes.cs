using System.Text.Json;
using Automation.Marketing.Files;
using Automation.Marketing.People;
using Automation.Marketing.Segments;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;

namespace Automation.Marketing.Intake;

/// <summary>The shop's own attributes out of one telling of a source, as shop.json maps and types them; what is of
/// another type is kept as a misfit, to be listed. Of several places the first that has a value counts.</summary>
internal sealed class SourceAttributes(ShopSettings? shop)
{
    private Dictionary<string, JsonElement>? values;
    private List<Misfit>? misfits;

    /// <summary>By name; null (JSON's) takes one away.</summary>
    public IReadOnlyDictionary<string, JsonElement> Values => values ?? None;
    public IReadOnlyList<Misfit> Misfits => misfits ?? [];

    private static readonly Dictionary<string, JsonElement> None = [];

    /// <summary>Shopify's <c>metafields</c>, as webhooks with <c>metafield_namespaces</c> carry them: <c>namespace</c>,
    /// <c>key</c>, <c>value</c>.</summary>
    public SourceAttributes Metafields(JsonElement? holder)
    {
        if (Wants) foreach (JsonElement? field in holder.At("metafields"u8).Items())
            if (field.At("namespace"u8).Text() is { } space && field.At("key"u8).Text() is { } key)
                Take($"metafield:{space}.{key}", field.At("value"u8), isTyped: false);
        return this;
    }

    /// <summary>Shopify's <c>note_attributes</c> of an order: typed by whoever orders.</summary>
    public SourceAttributes Notes(JsonElement? order)
    {
        if (Wants) foreach (JsonElement? note in order.At("note_attributes"u8).Items())
            if (note.At("name"u8).Text() is { } name) Take($"note:{name}", note.At("value"u8), isTyped: true);
        return this;
    }

    /// <summary>WooCommerce's <c>meta_data</c>, of an order or an account: fields of forms, mostly.</summary>
    public SourceAttributes Meta(JsonElement body)
    {
        if (Wants) foreach (JsonElement? meta in body.At("meta_data"u8).Items())
            if (meta.At("key"u8).Text() is { } key) Take($"meta:{key}", meta.At("value"u8), isTyped: true);
        return this;
    }

    /// <summary><c>attributes</c> of a customer in our own words: by their names, or by names that shop.json
    /// maps.</summary>
    public SourceAttributes Own(JsonElement? person)
    {
        if (shop is null || person.At("attributes"u8) is not { } told) return this;
        if (told.ValueKind is not JsonValueKind.Object)
            throw new UnreadableException(
                $"\"attributes\" of the customer is {told.ValueKind} where an object was expected.");
        foreach (var member in told.EnumerateObject())
        {
            var place = $"attribute:{member.Name}";
            var name = shop.AttributePlaces.GetValueOrDefault(place)
                ?? (shop.Attributes.ContainsKey(member.Name) ? member.Name : null);
            if (name is null)
            {
                var meant = Nearest.To(member.Name, shop.Attributes.Keys);
                Add(new(member.Name, place, $"shop.json declares no attribute {member.Name}"
                    + (meant is null ? "" : $" (did you mean {meant}?)")));
            }
            else if (member.Value.ValueKind is JsonValueKind.Null) (values ??= []).TryAdd(name, member.Value.Clone());
            else Take(place, name, member.Value, isTyped: false);
        }
        return this;
    }

    private bool Wants => shop is { AttributePlaces.Count: > 0 };

    private void Take(string place, JsonElement? value, bool isTyped)
    {
        if (value is { } told && shop!.AttributePlaces.TryGetValue(place, out var name))
            Take(place, name, told, isTyped);
    }

    private void Take(string place, string name, JsonElement told, bool isTyped)
    {
        if (values?.ContainsKey(name) == true
            || told.ValueKind is JsonValueKind.String && string.IsNullOrWhiteSpace(told.GetString())) return;
        var type = shop!.Attributes[name];
        if (TypedValues.Of(told, type, shop) is not { } fitting)
            Add(new(name, place, $"the attribute {name} is a {type}, not {TypedValues.Shape(told)}"));
        // It may stand in a mail, in the shop's name.
        else if (isTyped && Wording.HasLink(fitting.ToString()))
            Add(new(name, place, $"somebody typed a link into the attribute {name}: it was left out"));
        else (values ??= [])[name] = fitting;
    }

    private void Add(Misfit misfit) => (misfits ??= []).Add(misfit);
}

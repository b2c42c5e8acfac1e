using System.Text.Json;
using Automation.Marketing.Files;
using Automation.Marketing.Segments;
using Automation.Marketing.Time;

namespace Automation.Marketing.Journeys;

/// <summary>Reads values of the shop's own attributes, checked against their declared types.</summary>
public static class AttributeReader
{
    /// <param name="mayClear">Null is a value: the attribute is taken away.</param>
    public static IReadOnlyDictionary<string, JsonElement>? Attributes(
        this Reading reading, Node? node, string name, bool mayClear)
    {
        if (node is null) return null;
        if (node.Kind != JsonValueKind.Object || node.Members.Count == 0)
        {
            reading.Say(node, $"\"{name}\" must be an object {{ \"attribute\": value }}");
            return null;
        }
        foreach (var member in node.Members) Check(reading, member, mayClear);
        return node.Members.ToDictionary(member => member.Name, member => reading.Element(member.Value));
    }

    private static void Check(Reading reading, Member member, bool mayClear)
    {
        var (shop, value) = (reading.Known.Shop, member.Value);
        if (value.Kind == JsonValueKind.Null && mayClear) return;
        if (shop is null) return;
        if (!shop.Attributes.TryGetValue(member.Name, out var declared)
            || !AttributeFields.Types.TryGetValue(declared, out var type))
            reading.Say(member.At, $"unknown attribute \"{member.Name}\" (shop.json declares them)",
                Nearest.To(member.Name, shop.Attributes.Keys));
        else if (AttributeFields.Value(reading.Element(value), type, shop) is null
            || TypedValues.Of(reading.Element(value), declared, shop) is null)
            reading.Say(value,
                $"the attribute {member.Name} is a {declared}{Reads(declared)}, not {value.InWords}");
    }

    private static string Reads(string type) => type switch
    {
        "date" => " (\"2026-11-25\")",
        "list" => " of texts",
        "link" => " (\"https://…\")",
        _ => "",
    };
}

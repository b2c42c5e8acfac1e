using System.Text.Json;
using System.Text.RegularExpressions;
using Automation.Marketing.Files;
using Automation.Marketing.Segments;

namespace Automation.Marketing.Publishing;

/// <summary>Reads what shop.json declares: the types of attributes and of what events carry, and the places at the
/// sources where attributes are kept.</summary>
internal static partial class AttributeTypes
{
    private static readonly string[] Kinds = ["metafield", "note", "meta", "attribute"];

    /// <summary>Types by name, and names by place. What is wrong is said and left out.</summary>
    public static (IReadOnlyDictionary<string, string> Types, IReadOnlyDictionary<string, string> Places) Attributes(
        this Reading reading, Node? node)
    {
        var (types, places) = (new Dictionary<string, string>(), new Dictionary<string, string>());
        if (!IsObject(reading, node, "attributes")) return (types, places);
        foreach (var member in node!.Members)
        {
            Name(reading, member);
            if (member.Value.Kind != JsonValueKind.Object)
            {
                if (Type(reading, member.Value, member.Name) is { } type) types[member.Name] = type;
                continue;
            }
            if (Entries.Of(reading, member.Value, ShopShapes.Attribute, member.Name) is not { } entries) continue;
            if (entries["type"] is { } declared && Type(reading, declared, "type") is { } known)
                types[member.Name] = known;
            foreach (var place in Places(reading, entries["from"]))
                if (places.TryGetValue(place.Text!, out var other) && other != member.Name)
                    reading.Say(place, $"\"{place.Text}\" is where {other} comes from already");
                else places[place.Text!] = member.Name;
        }
        return (types, places);
    }

    /// <summary>What events carry, and what of it they may also lack, by event.</summary>
    public static (
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Types,
        IReadOnlyDictionary<string, IReadOnlySet<string>> MayLack) EventData(
        this Reading reading, Node? node, IReadOnlyList<string> events)
    {
        var data = new Dictionary<string, IReadOnlyDictionary<string, string>>();
        var lacking = new Dictionary<string, IReadOnlySet<string>>();
        if (node is { Kind: not JsonValueKind.Object }) reading.Say(
            node, $"\"eventData\" must be an object {{ \"event\": {{ \"name\": \"type\" }} }}, not {node.InWords}");
        foreach (var happens in node?.Members ?? [])
        {
            if (!events.Contains(happens.Name)) reading.Unknown(happens.At, "event", happens.Name, events);
            if (!IsObject(reading, happens.Value, happens.Name)) continue;
            var (types, mayLack) = (new Dictionary<string, string>(), new HashSet<string>());
            foreach (var member in happens.Value.Members)
            {
                Name(reading, member);
                var optional = member.Value.Text is { Length: > 1 } text && text[^1] == '?';
                var written = optional ? member.Value with { Text = member.Value.Text![..^1] } : member.Value;
                if (Type(reading, written, member.Name) is not { } type) continue;
                types[member.Name] = type;
                if (optional) mayLack.Add(member.Name);
            }
            (data[happens.Name], lacking[happens.Name]) = (types, mayLack);
        }
        return (data, lacking);
    }

    private static bool IsObject(Reading reading, Node? node, string name)
    {
        if (node is { Kind: not JsonValueKind.Object })
            reading.Say(node, $"\"{name}\" must be an object {{ \"name\": \"type\" }}, not {node.InWords}");
        return node is { Kind: JsonValueKind.Object };
    }

    private static void Name(Reading reading, Member member)
    {
        if (!AttributeName().IsMatch(member.Name))
            reading.Say(member.At, $"\"{member.Name}\" cannot be a name: letters, digits, hyphens and underscores");
    }

    private static string? Type(Reading reading, Node node, string name)
    {
        if (reading.Text(node, name) is not { } type) return null;
        if (AttributeFields.Types.ContainsKey(type)) return type;
        reading.Unknown(node, "type", type, AttributeFields.Types.Keys);
        return null;
    }

    private static List<Node> Places(Reading reading, Node? node)
    {
        if (node is null) return [];
        return [.. (node.Kind == JsonValueKind.Array ? node.Items : [node]).Where(place => IsPlace(reading, place))];
    }

    private static bool IsPlace(Reading reading, Node node)
    {
        if (reading.Text(node, "from") is not { } place) return false;
        var kind = place.Split(':', 2) is [var before, { Length: > 0 }] ? before : null;
        if (kind is null)
            reading.Say(node, $"\"{place}\" is not a place; places read \"metafield:custom.birthday\", \"note:…\", "
                + "\"meta:…\", \"attribute:…\"");
        else if (!Kinds.Contains(kind)) reading.Unknown(node, "place", kind, Kinds);
        else if (kind == "metafield" && !MetafieldName().IsMatch(place))
            reading.Say(node, $"\"{place}\" names no namespace; metafields read \"metafield:custom.birthday\"");
        else return true;
        return false;
    }

    [GeneratedRegex(@"^[\p{L}\p{Nd}_-]{1,60}$")] private static partial Regex AttributeName();
    [GeneratedRegex(@"^metafield:[^.\s]+\.\S+$")] private static partial Regex MetafieldName();
}

using System.Text.Json;
using Automation.Marketing.Files;
using Automation.Marketing.Time;

namespace Automation.Marketing.Segments;

/// <summary>What a condition can look at where it stands: the event judged there (null: any), and whether there is an
/// order, or any event.</summary>
public sealed record Scope(string? Event, bool HasOrder, bool HasEvent = true)
{
    /// <summary>The customer, whatever happened.</summary>
    public static readonly Scope Customer = new(null, false, false);

    public static readonly Scope Anything = new(null, true);

    /// <summary>A condition on this event, in a journey started by <paramref name="trigger"/>.</summary>
    public static Scope On(string? name, string? trigger) =>
        name is null || trigger is null ? Anything with { Event = name } : new(name, IsOrder(name) || IsOrder(trigger));

    /// <summary>The shop's own events may be about an order too; only the product's other events never are.</summary>
    private static bool IsOrder(string name) =>
        name.StartsWith("order.", StringComparison.Ordinal) || !People.EventTypes.All.Contains(name);
}

/// <summary>Reads conditions, checking fields against the catalogue and operands against the fields' types.</summary>
public static class ConditionReader
{
    private static readonly string[] Joints = ["all", "any", "not"];

    public static Condition? Condition(this Reading reading, Node? node, Scope scope)
    {
        if (node is null) return null;
        if (node.Kind != JsonValueKind.Object)
        {
            reading.Say(node, $"a condition must be an object {{ \"field\": value }}, not {node.InWords}");
            return null;
        }
        if (node.Members.Count == 0)
        {
            reading.Say(node, "this condition asks nothing");
            return null;
        }
        Condition?[] parts = [.. node.Members.SelectMany(member => Part(reading, member, scope))];
        return parts is [var only] ? only : new Condition.All([.. parts.OfType<Condition>()]);
    }

    private static IEnumerable<Condition?> Part(Reading reading, Member member, Scope scope) => member.Name switch
    {
        "not" => [reading.Condition(member.Value, scope) is { } of ? new Condition.Not(of) : null],
        "all" => [Several(reading, member, scope) is { } of ? new Condition.All(of) : null],
        "any" => [Several(reading, member, scope) is { } of ? new Condition.Any(of) : null],
        _ => Tests(reading, member, scope),
    };

    private static IReadOnlyList<Condition>? Several(Reading reading, Member member, Scope scope) =>
        reading.List(member.Value, member.Name, item => reading.Condition(item, scope));

    private static IEnumerable<Condition?> Tests(Reading reading, Member member, Scope scope)
    {
        var value = member.Value;
        if (reading.Known.Shop is null && IsTheShops(member.Name)) return Unchecked(reading, member);
        if (Known(reading, member.Name, member.At, scope) is not { } field) return [];
        switch (value.Kind)
        {
            case JsonValueKind.Object when value.Members is [{ Name: OtherFields.Word }]:
                var same = field.Type == FieldType.Texts ? Operator.Contains : Operator.Eq;
                return OtherFields.Fit(reading, field, same, value, scope)
                    ? [new Condition.Test(field.Name, same, reading.Element(value))]
                    : [];
            case JsonValueKind.Object when value.Members.Count > 0:
                return [.. value.Members.Select(each => Test(reading, field, each, scope))];
            case JsonValueKind.Array:
                reading.Say(value, $"to ask whether {field.Name} is one of several, write {{ \"in\": [ … ] }}");
                return [];
            case JsonValueKind.Null or JsonValueKind.Object:
                reading.Say(value, $"to ask whether {field.Name} is missing, write {{ \"exists\": false }}");
                return [];
            default:
                var op = field.Type == FieldType.Texts ? Operator.Contains : Operator.Eq;
                if (field.Type == FieldType.Time)
                    reading.Say(value, $"{field.Name} is a time: compare it with {Usable(field.Type)}");
                else if (Operands.Fit(reading, field, op, value))
                    return [new Condition.Test(field.Name, op, reading.Element(value))];
                return [];
        }
    }

    private static Condition.Test? Test(Reading reading, Field field, Member member, Scope scope)
    {
        if (!Operators.Words.TryGetValue(member.Name, out var op))
            reading.Say(
                member.At, $"unknown operator \"{member.Name}\"; {field.Name} is compared with {Usable(field.Type)}",
                Nearest.To(member.Name, Operators.Words.Keys));
        else if (!Operators.For(field.Type).Contains(op))
            reading.Say(member.At,
                $"\"{member.Name}\" does not fit {field.Name}, which is {Operands.InWords(field.Type)}: it is "
                + $"compared with {Usable(field.Type)}");
        else if (member.Value.Kind == JsonValueKind.Object
            ? OtherFields.Fit(reading, field, op, member.Value, scope)
            : Operands.Fit(reading, field, op, member.Value))
            return new Condition.Test(field.Name, op, reading.Element(member.Value));
        return null;
    }

    /// <summary>Declared in shop.json, so unknown while that cannot be read.</summary>
    internal static bool IsTheShops(string name) =>
        !Fields.TryFind(name, out _) && (name.StartsWith(Fields.AttributePrefix, StringComparison.Ordinal)
            || name.StartsWith(Fields.EventPrefix, StringComparison.Ordinal));

    private static IEnumerable<Condition?> Unchecked(Reading reading, Member member) =>
        member.Value.Kind == JsonValueKind.Object
            ? [.. member.Value.Members.Where(each => Operators.Words.ContainsKey(each.Name)).Select(
                each => new Condition.Test(member.Name, Operators.Words[each.Name], reading.Element(each.Value)))]
            : [new Condition.Test(member.Name, Operator.Eq, reading.Element(member.Value))];

    private static string Usable(FieldType type) => string.Join(", ", Operators.For(type).Select(op => op.Word()));

    /// <summary>The field of a name, where there is one here; else it is said why not.</summary>
    internal static Field? Known(Reading reading, string name, int at, Scope scope)
    {
        var shop = reading.Known.Shop;
        var field = Fields.Find(name, shop, scope.Event);
        if (field is null)
        {
            var known = (shop is null ? Fields.All : Fields.Of(shop, scope.Event)).Select(each => each.Name);
            var what = name.StartsWith(Fields.AttributePrefix, StringComparison.Ordinal)
                ? "attribute (shop.json declares them)"
                : name.StartsWith(Fields.EventPrefix, StringComparison.Ordinal) && scope.Event is not null
                ? $"field of {scope.Event}"
                : "field";
            reading.Say(at, $"unknown {what} \"{name}\"", Nearest.To(name, [.. known, .. Joints]));
        }
        else if (scope.Event is { } type && name.StartsWith(Fields.EventPrefix, StringComparison.Ordinal)
            && !EventFields.Has(type, field))
            reading.Say(at, $"{type} has no \"{name}\"");
        else if (!scope.HasOrder && name.StartsWith(Fields.OrderPrefix, StringComparison.Ordinal))
            reading.Say(at,
                $"there is no order here, so no "
                + $"\"{name}\"{(scope.Event is null ? "" : $": {scope.Event} is not about one")}");
        else if (!scope.HasEvent && name.StartsWith(Fields.EventPrefix, StringComparison.Ordinal))
            reading.Say(at, $"nothing happened here, so there is no \"{name}\"");
        else return field;
        return null;
    }
}

using System.Text.Json;
using Automation.Marketing.Files;

namespace Automation.Marketing.Segments;

/// <summary>Comparing a field with another one: <c>{ "field": "event.product" }</c> in the place of a value.</summary>
public static class OtherFields
{
    public const string Word = "field";

    /// <summary>The field an operand names; null: it is a value.</summary>
    public static string? Of(JsonElement operand) =>
        operand.ValueKind == JsonValueKind.Object && operand.TryGetProperty(Word, out var name)
            ? name.GetString()
            : null;

    /// <summary>False where it cannot be compared with the field (said so).</summary>
    internal static bool Fit(Reading reading, Field field, Operator op, Node operand, Scope scope)
    {
        if (operand.Members is not [{ Name: Word, Value: var named }])
        {
            reading.Say(operand, $"another field reads {{ \"{Word}\": \"event.product\" }}");
            return false;
        }
        if (reading.Text(named, Word) is not { } name) return false;
        if (op is Operator.Exists or Operator.Within or Operator.OlderThan)
        {
            reading.Say(operand, $"\"{op.Word()}\" is not asked with another field");
            return false;
        }
        if (reading.Known.Shop is null && ConditionReader.IsTheShops(name)) return true;
        if (ConditionReader.Known(reading, name, named.Start, scope) is not { } other) return false;
        if (Compares(field.Type, op, other.Type)) return true;
        reading.Say(named, $"{field.Name} is {Operands.InWords(field.Type)}, {other.Name} "
            + $"{Operands.InWords(other.Type)}: \"{op.Word()}\" does not compare them");
        return false;
    }

    /// <summary>A list has a text; a text is one of a list; lists share something; else like is compared with
    /// like.</summary>
    private static bool Compares(FieldType type, Operator op, FieldType other) => op switch
    {
        Operator.In or Operator.NotIn =>
            type is FieldType.Text or FieldType.Texts && other == FieldType.Texts,
        Operator.Contains => other == FieldType.Text || type == FieldType.Texts && other == FieldType.Texts,
        _ => type == other,
    };
}

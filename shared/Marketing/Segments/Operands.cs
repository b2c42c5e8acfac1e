using System.Text.Json;
using Automation.Marketing.Files;
using Automation.Marketing.Time;

namespace Automation.Marketing.Segments;

/// <summary>Does an operand fit the field it is compared with?</summary>
public static class Operands
{
    public static string InWords(FieldType type) => type switch
    {
        FieldType.Text => "a text",
        FieldType.Number => "a number",
        FieldType.Flag => "true or false",
        FieldType.Time => "a time",
        _ => "a list of texts",
    };

    /// <summary>False where it does not (said so).</summary>
    public static bool Fit(Reading reading, Field field, Operator op, Node operand) => op switch
    {
        Operator.Exists => Kind(reading, operand, "\"exists\"", FieldType.Flag),
        Operator.In or Operator.NotIn => reading.List(operand, op.Word(),
            item => One(reading, field, item) ? item : null) is { } fitting && fitting.Count == operand.Items.Count,
        Operator.Within or Operator.OlderThan => reading.Period(operand, op.Word()) is not null,
        _ => One(reading, field, operand),
    };

    private static bool One(Reading reading, Field field, Node operand)
    {
        var type = field.Type == FieldType.Texts ? FieldType.Text : field.Type;
        if (!Kind(reading, operand, field.Name, type)) return false;
        if (type == FieldType.Text && Fields.Find(operand.Text!, reading.Known.Shop) is { } meant)
        {
            reading.Say(operand, $"{field.Name} would be compared with the text \"{operand.Text}\", which is the name "
                + "of a field", $"{{ \"{OtherFields.Word}\": \"{meant.Name}\" }}");
            return false;
        }
        if (type == FieldType.Time && AttributeFields.Moment(operand.Text!, reading.Known.Shop) is null)
        {
            reading.Say(operand,
                $"\"{operand.Text}\" is not a date; dates read \"2026-11-25\" or \"2026-11-25T10:00:00+09:00\"");
            return false;
        }
        if (field.Values is { } values && !values.Contains(operand.Text))
        {
            reading.Say(operand, $"{field.Name} is never \"{operand.Text}\"; it is one of {string.Join(", ", values)}",
                Nearest.To(operand.Text!, values));
            return false;
        }
        return true;
    }

    private static bool Kind(Reading reading, Node operand, string name, FieldType type)
    {
        var fits = type switch
        {
            FieldType.Number => operand.Kind == JsonValueKind.Number && reading.Element(operand).TryGetDecimal(out _),
            FieldType.Flag => operand.Kind is JsonValueKind.True or JsonValueKind.False,
            _ => operand.Kind == JsonValueKind.String,
        };
        if (!fits) reading.Say(operand, $"{name} is compared with {InWords(type)}, not {operand.InWords}");
        return fits;
    }
}

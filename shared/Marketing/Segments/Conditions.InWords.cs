using System.Globalization;
using System.Text.Json;
using Automation.Marketing.Time;

namespace Automation.Marketing.Segments;

/// <summary>The same in words.</summary>
public static partial class Conditions
{
    /// <summary>What a condition asks, as it was written: <c>customer.orders.total gte 10000</c>.</summary>
    public static string InWords(Condition condition) => condition switch
    {
        Condition.Test test => $"{test.Field} {test.Operator.Word()} {Written(test.Operand)}",
        Condition.Not not => $"not ({InWords(not.Of)})",
        Condition.All all => string.Join(
            " and ", all.Of.Select(each => each is Condition.Any ? $"({InWords(each)})" : InWords(each))),
        Condition.Any any => string.Join(
            " or ", any.Of.Select(each => each is Condition.All ? $"({InWords(each)})" : InWords(each))),
        _ => throw new ArgumentOutOfRangeException(nameof(condition)),
    };

    /// <summary>Why it holds or not now: <c>customer.orders.total 8,200 is not ≥ 10,000</c>. Says only what
    /// decided.</summary>
    public static string Explain(Condition condition, Situation situation)
    {
        var holds = Holds(condition, situation);
        return condition switch
        {
            Condition.Test test => Explain(test, holds, situation),
            Condition.Not not => Explain(not.Of, situation),
            Condition.All all => Join(all.Of.Where(each => holds || !Holds(each, situation)), situation),
            Condition.Any any => Join(any.Of.Where(each => !holds || Holds(each, situation)), situation),
            _ => throw new ArgumentOutOfRangeException(nameof(condition)),
        };
    }

    private static string Join(IEnumerable<Condition> conditions, Situation situation) =>
        string.Join(" and ", conditions.Select(each => Explain(each, situation)).Distinct());

    private static string Explain(Condition.Test test, bool holds, Situation situation)
    {
        var known = Known(Fields.Value(test.Field, situation), situation);
        return test.Operator == Operator.Exists
            ? $"{test.Field} "
                + $"{(holds == (test.Operand.ValueKind == JsonValueKind.True) ? $"{known} exists" : "does not exist")}"
            : $"{test.Field} {known} {test.Operator.Verb(holds)} {Against(test.Operand, situation)}";
    }

    private static string? Known(object? value, Situation situation) => value switch
    {
        null or IReadOnlyList<string> { Count: 0 } => "(nothing known)",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        decimal number => Number(number),
        DateTimeOffset moment => TimeZoneInfo.ConvertTime(moment, Zones.Of(null, situation.Shop.TimeZone)).ToString(
            "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        IReadOnlyList<string> list => $"[{string.Join(", ", list)}]",
        _ => value.ToString(),
    };

    private static string Against(JsonElement operand, Situation situation) =>
        OtherFields.Of(operand) is { } other
            ? $"{other} {Known(Fields.Value(other, situation), situation)}"
            : Said(operand);

    private static string Number(decimal number) => number.ToString("#,0.##", CultureInfo.InvariantCulture);

    private static string Said(JsonElement operand) => operand.ValueKind switch
    {
        JsonValueKind.Number when operand.TryGetDecimal(out var number) => Number(number),
        JsonValueKind.Array => string.Join(", ", operand.EnumerateArray().Select(Said)),
        JsonValueKind.String => $"\"{operand.GetString()}\"",
        _ => operand.GetRawText(),
    };

    private static string Written(JsonElement operand) => operand.ValueKind switch
    {
        JsonValueKind.String => operand.GetString()!,
        JsonValueKind.Array => string.Join(", ", operand.EnumerateArray().Select(Written)),
        _ => OtherFields.Of(operand) ?? operand.GetRawText(),
    };
}

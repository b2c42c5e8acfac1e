using System.Text.Json;
using Automation.Marketing.Time;

namespace Automation.Marketing.Segments;

/// <summary>Does a condition hold? Pure. Where nothing is known about a field, <c>ne</c>, <c>notIn</c> and <c>exists:
/// false</c> hold and nothing else does. On a list, <c>in</c> asks for any of, <c>notIn</c> for none of.</summary>
public static partial class Conditions
{
    public static bool Holds(Condition? condition, Situation situation)
    {
        switch (condition)
        {
            case null: return true;
            case Condition.Not not: return !Holds(not.Of, situation);
            case Condition.Test test: return Holds(test, Fields.Value(test.Field, situation), situation);
            case Condition.All all:
                foreach (var each in all.Of) if (!Holds(each, situation)) return false;
                return true;
            case Condition.Any any:
                foreach (var each in any.Of) if (Holds(each, situation)) return true;
                return false;
            default: throw new ArgumentOutOfRangeException(nameof(condition));
        }
    }

    /// <summary>Is something known of the field wherever the condition holds?</summary>
    public static bool Requires(Condition? condition, string field) => condition switch
    {
        Condition.Test { Operator: Operator.Ne or Operator.NotIn } => false,
        Condition.Test { Operator: Operator.Exists } test =>
            test.Field == field && test.Operand.ValueKind == JsonValueKind.True,
        Condition.Test test => test.Field == field,
        Condition.All all => all.Of.Any(each => Requires(each, field)),
        Condition.Any any => any.Of.All(each => Requires(each, field)),
        _ => false,
    };

    /// <summary>One test on a field's value.</summary>
    public static bool Holds(Condition.Test test, object? value, Situation situation) => test.Operator switch
    {
        Operator.Exists => Exists(value) == (test.Operand.ValueKind == JsonValueKind.True),
        _ when OtherFields.Of(test.Operand) is { } other => Holds(
            test.Operator, value, Fields.Value(other, situation)),
        Operator.Ne => !Is(value, test.Operand),
        Operator.NotIn => !AnyOf(value, test.Operand),
        _ when value is null => false,
        Operator.Eq => Is(value, test.Operand),
        Operator.In => AnyOf(value, test.Operand),
        Operator.Contains => Contains(value, test.Operand),
        Operator.Within or Operator.OlderThan => Age(value, test, situation),
        _ => Compare(value, test.Operand, situation) is { } order && test.Operator switch
        {
            Operator.Gt => order > 0,
            Operator.Gte => order >= 0,
            Operator.Lt => order < 0,
            _ => order <= 0,
        },
    };

    /// <summary>A field against what another one holds now: nothing known there is as nothing known here.</summary>
    private static bool Holds(Operator op, object? value, object? other) => op switch
    {
        Operator.Ne => !Equals(value, other) || value is null,
        Operator.NotIn => !Shares(value, other),
        Operator.In => Shares(value, other),
        _ when value is null || other is null => false,
        Operator.Eq => Equals(value, other),
        Operator.Contains => value is string text
            ? other is string part && text.Contains(part, StringComparison.Ordinal)
            : Shares(value, other),
        _ => Compare(value, other) is { } order && op switch
        {
            Operator.Gt => order > 0,
            Operator.Gte => order >= 0,
            Operator.Lt => order < 0,
            _ => order <= 0,
        },
    };

    /// <summary>Has one anything of the other? A text is a list of one.</summary>
    private static bool Shares(object? one, object? other)
    {
        foreach (var text in List(one))
            if (List(other).Contains(text)) return true;
        return false;

        static IReadOnlyList<string> List(object? value) =>
            value as IReadOnlyList<string> ?? (value is string text ? [text] : []);
    }

    private static int? Compare(object one, object other) => (one, other) switch
    {
        (decimal left, decimal right) => left.CompareTo(right),
        (DateTimeOffset left, DateTimeOffset right) => left.CompareTo(right),
        _ => null,
    };

    private static bool Exists(object? value) =>
        value is IReadOnlyList<string> list ? list.Count > 0 : value is not null;

    private static bool Is(object? value, JsonElement operand) => (value, operand.ValueKind) switch
    {
        (string text, JsonValueKind.String) => operand.ValueEquals(text),
        (decimal number, JsonValueKind.Number) => operand.TryGetDecimal(out var other) && number == other,
        (bool flag, JsonValueKind.True or JsonValueKind.False) => flag == (operand.ValueKind == JsonValueKind.True),
        (IReadOnlyList<string>, JsonValueKind.String) => Contains(value, operand),
        _ => false,
    };

    private static bool AnyOf(object? value, JsonElement operand)
    {
        if (operand.ValueKind != JsonValueKind.Array) return false;
        foreach (var each in operand.EnumerateArray())
            if (Is(value, each)) return true;
        return false;
    }

    private static bool Contains(object? value, JsonElement operand)
    {
        if (operand.ValueKind != JsonValueKind.String) return false;
        if (value is string text) return text.Contains(operand.GetString()!, StringComparison.Ordinal);
        if (value is not IReadOnlyList<string> list) return false;
        foreach (var each in list)
            if (operand.ValueEquals(each)) return true;
        return false;
    }

    private static int? Compare(object? value, JsonElement operand, Situation situation) =>
        (value, operand.ValueKind) switch
        {
            (decimal number, JsonValueKind.Number) when operand.TryGetDecimal(out var other) => number.CompareTo(other),
            (DateTimeOffset moment, JsonValueKind.String) when AttributeFields.Moment(
                operand.GetString()!, situation.Shop) is { } other => moment.CompareTo(other),
            _ => null,
        };

    private static bool Age(object? value, Condition.Test test, Situation situation)
    {
        if (value is not DateTimeOffset moment || test.Operand.ValueKind != JsonValueKind.String
            || !Period.TryParse(test.Operand.GetString(), out var period)) return false;
        var since = period.Before(situation.Now, Zones.Of(situation.Customer.TimeZone, situation.Shop.TimeZone));
        return test.Operator == Operator.OlderThan ? moment < since : moment >= since && moment <= situation.Now;
    }
}

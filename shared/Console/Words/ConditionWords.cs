using System.Text.Json;
using Automation.Marketing.Segments;
using Automation.Marketing.Shop;
using Automation.Marketing.Time;

namespace Automation.Console.Words;

/// <summary>Conditions in words: 累計購入額が10,000円以上, the amount bought so far is at least ¥10,000. Pure.</summary>
/// <param name="shop">Whose currency and own fields are meant; null: yen, and fields by name.</param>
public sealed class ConditionWords(Language say, ShopSettings? shop = null)
{
    public string Of(Condition condition) => condition switch
    {
        Condition.Test test => Of(test),
        Condition.Not(Condition.Test test) when Opposite(test.Operator) is { } other =>
            Of(test with { Operator = other }),
        Condition.Not not => say[$"「{Of(not.Of)}」ではない", $"not ({Of(not.Of)})"],
        Condition.All all => string.Join(
            say["、かつ", " and "], all.Of.Select(each => Inside(each, each is Condition.Any))),
        Condition.Any any => string.Join(
            say["、または", " or "], any.Of.Select(each => Inside(each, each is Condition.All))),
        _ => throw new ArgumentOutOfRangeException(nameof(condition)),
    };

    private string Inside(Condition condition, bool mixed) =>
        mixed ? say[$"（{Of(condition)}）", $"({Of(condition)})"] : Of(condition);

    private string Of(Condition.Test test)
    {
        var (name, type) = (FieldWords.Name(test.Field, say), Type(test));
        if (test.Operator == Operator.Exists) return Exists(name, test.Operand.ValueKind == JsonValueKind.True);
        if (type == FieldType.Flag && OtherFields.Of(test.Operand) is { } other)
            return (test.Operator, FieldWords.Name(other, say)) switch
            {
                (Operator.Eq, var same) => say[$"{name}が{same}と同じ", $"{name} is as {same}"],
                (_, var same) => say[$"{name}が{same}と違う", $"{name} is not as {same}"],
            };
        if (type == FieldType.Flag)
            return Flag(name, test.Operand.ValueKind == JsonValueKind.True == (test.Operator == Operator.Eq));
        if (type == FieldType.Time) return Time(name, test);
        var value = Value(test.Field, test.Operand);
        return test.Operator switch
        {
            Operator.Eq => say[$"{name}が{value}", $"{name} is {value}"],
            Operator.Ne => say[$"{name}が{value}ではない", $"{name} is not {value}"],
            Operator.Gt => say[$"{name}が{value}より大きい", $"{name} is more than {value}"],
            Operator.Gte => say[$"{name}が{value}以上", $"{name} is at least {value}"],
            Operator.Lt => say[$"{name}が{value}未満", $"{name} is less than {value}"],
            Operator.Lte => say[$"{name}が{value}以下", $"{name} is at most {value}"],
            Operator.In when type == FieldType.Texts => say[$"{name}に{value}のどれかがある", $"{name} include one of {value}"],
            Operator.In => say[$"{name}が{value}のどれか", $"{name} is one of {value}"],
            Operator.NotIn when type == FieldType.Texts =>
                say[$"{name}に{value}のどれもない", $"{name} include none of {value}"],
            Operator.NotIn => say[$"{name}が{value}のどれでもない", $"{name} is none of {value}"],
            Operator.Contains when type == FieldType.Texts => say[$"{name}に{value}がある", $"{name} include {value}"],
            _ => say[$"{name}に{value}が含まれる", $"{name} contains {value}"],
        };
    }

    private string Exists(string name, bool yes) => yes
        ? say[$"{name}がわかっている", $"{name} is known"]
        : say[$"{name}がわからない", $"{name} is not known"];

    private string Flag(string name, bool yes) => yes
        ? say[$"{name}である", $"{name}: yes"]
        : say[$"{name}ではない", $"{name}: no"];

    private string Time(string name, Condition.Test test)
    {
        if (test.Operator is Operator.Within or Operator.OlderThan)
        {
            var period = Period.TryParse(test.Operand.GetString(), out var read) ? read.Stretch(say)
                : Value(test.Field, test.Operand);
            return test.Operator == Operator.Within
                ? say[$"{name}がこの{period}以内", $"{name} was within the last {period}"]
                : say[$"{name}が{period}より前", $"{name} was more than {period} ago"];
        }
        var moment = OtherFields.Of(test.Operand) is { } other ? FieldWords.Name(other, say) : test.Operand.ToString();
        return test.Operator switch
        {
            Operator.Gt => say[$"{name}が{moment}より後", $"{name} is after {moment}"],
            Operator.Gte => say[$"{name}が{moment}以後", $"{name} is on or after {moment}"],
            Operator.Lt => say[$"{name}が{moment}より前", $"{name} is before {moment}"],
            _ => say[$"{name}が{moment}以前", $"{name} is on or before {moment}"],
        };
    }

    /// <summary>What the reader found when it checked the operand; of the shop's own fields what the operand looks
    /// like.</summary>
    private FieldType Type(Condition.Test test)
    {
        if (Fields.Find(test.Field, shop) is { } field) return field.Type;
        if (test.Operator is Operator.Within or Operator.OlderThan) return FieldType.Time;
        return test.Operand.ValueKind is JsonValueKind.True or JsonValueKind.False ? FieldType.Flag : FieldType.Text;
    }

    private string Value(string field, JsonElement operand) => operand.ValueKind switch
    {
        JsonValueKind.Array => string.Join(say["、", ", "], operand.EnumerateArray().Select(one => Value(field, one))),
        JsonValueKind.Number when operand.TryGetDecimal(out var number) => FieldWords.Number(field, number, say, shop),
        JsonValueKind.String => FieldWords.Text(field, operand.GetString()!, say),
        _ => OtherFields.Of(operand) is { } other ? FieldWords.Name(other, say) : operand.GetRawText(),
    };

    private static Operator? Opposite(Operator op) => op switch
    {
        Operator.Eq => Operator.Ne,
        Operator.Ne => Operator.Eq,
        Operator.In => Operator.NotIn,
        Operator.NotIn => Operator.In,
        _ => null,
    };
}

using System.Text.Json;

namespace Automation.Marketing.Segments;

/// <summary>A test on a customer, an order or an event: <c>{ "field": value }</c>, <c>{ "field": { "gte": 3 } }</c>,
/// <c>all</c>, <c>any</c>, <c>not</c>.</summary>
public abstract record Condition
{
    public sealed record All(IReadOnlyList<Condition> Of) : Condition;
    public sealed record Any(IReadOnlyList<Condition> Of) : Condition;
    public sealed record Not(Condition Of) : Condition;

    /// <summary>One field compared with one operand, or with another field (<c>{ "field": "event.product" }</c>); the
    /// operand's shape was checked against the field's type when it was read.</summary>
    public sealed record Test(string Field, Operator Operator, JsonElement Operand) : Condition;

    private Condition() { }
}

/// <summary>How a field is compared. Within and OlderThan take a period and look back from now.</summary>
public enum Operator { Eq, Ne, Gt, Gte, Lt, Lte, In, NotIn, Exists, Contains, Within, OlderThan }

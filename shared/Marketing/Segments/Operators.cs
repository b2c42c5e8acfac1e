namespace Automation.Marketing.Segments;

/// <summary>The operators as they are written, as they are said, and what they can be used on.</summary>
public static class Operators
{
    public static readonly IReadOnlyDictionary<string, Operator> Words = new Dictionary<string, Operator>
    {
        ["eq"] = Operator.Eq,
        ["ne"] = Operator.Ne,
        ["gt"] = Operator.Gt,
        ["gte"] = Operator.Gte,
        ["lt"] = Operator.Lt,
        ["lte"] = Operator.Lte,
        ["in"] = Operator.In,
        ["notIn"] = Operator.NotIn,
        ["exists"] = Operator.Exists,
        ["contains"] = Operator.Contains,
        ["within"] = Operator.Within,
        ["olderThan"] = Operator.OlderThan,
    };

    private static readonly string[] Written = ["eq", "ne", "gt", "gte", "lt", "lte", "in", "notIn", "exists",
        "contains", "within", "olderThan"];
    private static readonly string[] Said = ["is", "is not", "is >", "is ≥", "is <", "is ≤", "is one of", "is none of",
        "exists", "contains", "is within", "is older than"];
    private static readonly string[] Denied = ["is not", "is", "is not >", "is not ≥", "is not <", "is not ≤",
        "is not one of", "is one of", "exists not", "does not contain", "is not within", "is not older than"];

    public static string Word(this Operator op) => Written[(int)op];

    /// <summary>As a sentence's verb: "is ≥", "is not ≥".</summary>
    public static string Verb(this Operator op, bool holds) => (holds ? Said : Denied)[(int)op];

    /// <summary>The operators a field of the type can be tested with.</summary>
    public static IReadOnlyList<Operator> For(FieldType type) => type switch
    {
        FieldType.Text => [Operator.Eq, Operator.Ne, Operator.In, Operator.NotIn, Operator.Contains, Operator.Exists],
        FieldType.Number => [Operator.Eq, Operator.Ne, Operator.Gt, Operator.Gte, Operator.Lt, Operator.Lte,
            Operator.In, Operator.NotIn, Operator.Exists],
        FieldType.Flag => [Operator.Eq, Operator.Ne, Operator.Exists],
        FieldType.Time => [Operator.Gt, Operator.Gte, Operator.Lt, Operator.Lte, Operator.Within, Operator.OlderThan,
            Operator.Exists],
        _ => [Operator.Contains, Operator.In, Operator.NotIn, Operator.Exists],
    };
}

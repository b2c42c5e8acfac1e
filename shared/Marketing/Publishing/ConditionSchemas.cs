using System.Text.Json.Nodes;
using Automation.Marketing.Segments;

namespace Automation.Marketing.Publishing;

/// <summary>Conditions as JSON Schema: every field of the catalogue with the operators of its type.</summary>
internal static class ConditionSchemas
{
    public static JsonObject Of(string name) => name switch
    {
        "condition" => Condition(),
        "test" => Anything(),
        "textTest" => Test(FieldType.Text, Type("string"), scalar: true),
        "numberTest" => Test(FieldType.Number, Type("number"), scalar: true),
        "otherField" => Other(),
        "flagTest" => Test(FieldType.Flag, Type("boolean"), scalar: true),
        "timeTest" => Test(FieldType.Time, Type("string"), scalar: false),
        _ => Test(FieldType.Texts, Type("string"), scalar: true),
    };

    private static JsonObject Condition()
    {
        var properties = new JsonObject
        {
            ["all"] = Several("All of these hold."),
            ["any"] = Several("At least one of these holds."),
            ["not"] = new JsonObject
            {
                ["description"] = "This does not hold.",
                ["allOf"] = new JsonArray(Schemas.Ref("condition"))
            },
        };
        foreach (var field in Fields.All)
            properties[field.Name] = new JsonObject
            {
                ["description"] = $"{field.Japanese} / {field.English}",
                ["allOf"] = new JsonArray(field.Values is { } values ? Test(field.Type, SchemaDefinitions.Words(values),
                    scalar: true) : Schemas.Ref($"{field.Type.ToString().ToLowerInvariant()}Test")),
            };
        return new JsonObject
        {
            ["type"] = "object",
            ["minProperties"] = 1,
            ["properties"] = properties,
            ["patternProperties"] = new JsonObject { [@"^(customer\.attributes|event)\.."] = Schemas.Ref("test") },
            ["additionalProperties"] = false,
        };
    }

    private static JsonObject Several(string says) =>
        new() { ["description"] = says, ["type"] = "array", ["minItems"] = 1, ["items"] = Schemas.Ref("condition") };

    private static JsonObject Test(FieldType type, JsonObject value, bool scalar)
    {
        var operators = new JsonObject();
        foreach (var op in Operators.For(type)) operators[op.Word()] = Operand(op, value);
        var compared = new JsonObject
        {
            ["type"] = "object",
            ["minProperties"] = 1,
            ["properties"] = operators,
            ["additionalProperties"] = false
        };
        return scalar
            ? SchemaDefinitions.AnyOf(value.DeepClone(), Schemas.Ref("otherField"), compared)
            : compared;
    }

    private static JsonObject Other() => new()
    {
        ["description"] = "Another field, in the place of a value.",
        ["type"] = "object",
        ["required"] = new JsonArray(OtherFields.Word),
        ["properties"] = new JsonObject
        {
            [OtherFields.Word] = SchemaDefinitions.AnyOf(
                SchemaDefinitions.Words(Fields.All.Select(field => field.Name)),
                new JsonObject { ["type"] = "string", ["pattern"] = @"^(customer\.attributes|event)\.." }),
        },
        ["additionalProperties"] = false,
    };

    /// <summary>A field of the shop's own: its type is in shop.json, which a schema cannot know.</summary>
    private static JsonObject Anything()
    {
        var value = new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") };
        var operators = new JsonObject();
        foreach (var op in Operators.Words.Values) operators[op.Word()] = Operand(op, value);
        return SchemaDefinitions.AnyOf(value.DeepClone(), Schemas.Ref("otherField"), new JsonObject
        {
            ["type"] = "object",
            ["minProperties"] = 1,
            ["properties"] = operators,
            ["additionalProperties"] = false
        });
    }

    private static JsonObject Operand(Operator op, JsonObject value) => op switch
    {
        Operator.Exists => Type("boolean"),
        Operator.In or Operator.NotIn => SchemaDefinitions.AnyOf(
            new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = value.DeepClone() },
            Schemas.Ref("otherField")),
        Operator.Within or Operator.OlderThan => Schemas.Ref("period"),
        _ => SchemaDefinitions.AnyOf(value.DeepClone(), Schemas.Ref("otherField")),
    };

    private static JsonObject Type(string name) => new() { ["type"] = name };
}

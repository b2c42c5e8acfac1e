using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Automation.Marketing.Tests.Shop;

/// <summary>Checks JSON against the subset of JSON Schema that our schemas use; any other keyword fails the
/// test.</summary>
internal sealed class SchemaCheck(JsonObject root)
{
    private static readonly string[] Silent = ["$schema", "title", "description", "examples", "definitions"];

    public bool Accepts(JsonNode? node) => Fits(root, node);

    private bool Fits(JsonObject schema, JsonNode? node) => schema.All(rule => rule.Key switch
    {
        "$ref" => Fits(root["definitions"]![rule.Value!.GetValue<string>().Split('/')[^1]]!.AsObject(), node),
        "type" => rule.Value is JsonArray types
            ? types.Any(type => Is(type!.GetValue<string>(), node)) : Is(rule.Value!.GetValue<string>(), node),
        "enum" => rule.Value!.AsArray().Any(value => JsonNode.DeepEquals(value, node)),
        "const" => JsonNode.DeepEquals(rule.Value, node),
        "pattern" => node is not JsonValue value || !value.TryGetValue<string>(out var text)
            || Regex.IsMatch(text, rule.Value!.GetValue<string>()),
        "minimum" => !Is("number", node) || node!.GetValue<decimal>() >= rule.Value!.GetValue<decimal>(),
        "maximum" => !Is("number", node) || node!.GetValue<decimal>() <= rule.Value!.GetValue<decimal>(),
        "minItems" => node is not JsonArray list || list.Count >= rule.Value!.GetValue<int>(),
        "uniqueItems" =>
            node is not JsonArray list || list.Select(item => item!.ToJsonString()).Distinct().Count() == list.Count,
        "items" => node is not JsonArray list || list.All(item => Fits(rule.Value!.AsObject(), item)),
        "minProperties" => node is not JsonObject some || some.Count >= rule.Value!.GetValue<int>(),
        "required" => node is not JsonObject some
            || rule.Value!.AsArray().All(name => some.ContainsKey(name!.GetValue<string>())),
        "properties" => node is not JsonObject some || rule.Value!.AsObject()
            .All(each => !some.ContainsKey(each.Key) || Fits(each.Value!.AsObject(), some[each.Key])),
        "patternProperties" => node is not JsonObject some
            || rule.Value!.AsObject().All(each => some.All(member => !Regex.IsMatch(member.Key, each.Key)
                || Known(schema, member.Key) || Fits(each.Value!.AsObject(), member.Value))),
        "additionalProperties" => node is not JsonObject some || some.All(member => Known(schema, member.Key)
            || Matches(schema, member.Key) || (rule.Value is JsonObject others && Fits(others, member.Value))),
        "allOf" => rule.Value!.AsArray().All(each => Fits(each!.AsObject(), node)),
        "anyOf" => rule.Value!.AsArray().Any(each => Fits(each!.AsObject(), node)),
        "if" => !Fits(rule.Value!.AsObject(), node) || Fits(schema["then"]!.AsObject(), node),
        "then" => true,
        _ => Silent.Contains(rule.Key) ? true : throw new NotSupportedException(rule.Key),
    });

    private static bool Known(JsonObject schema, string name) =>
        schema["properties"]?.AsObject().ContainsKey(name) == true;
    private static bool Matches(JsonObject schema, string name) =>
        schema["patternProperties"]?.AsObject().Any(each => Regex.IsMatch(name, each.Key)) == true;

    private static bool Is(string type, JsonNode? node) => (type, node) switch
    {
        ("object", JsonObject) or ("array", JsonArray) or ("null", null) => true,
        ("string", JsonValue value) => value.TryGetValue<string>(out _),
        ("boolean", JsonValue value) => value.TryGetValue<bool>(out _),
        ("number", JsonValue value) => value.TryGetValue<decimal>(out _),
        ("integer", JsonValue value) => value.TryGetValue<decimal>(out var number)
            && number == decimal.Truncate(number),
        _ => false,
    };
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace Automation.Functions.Tests.Hosting;

/// <summary>Does a value fit a schema? As much of JSON Schema as the document uses, and what no record has is a
/// mistake.</summary>
internal static class Schema
{
    private static readonly string[] Known =
    [
        "$ref", "anyOf", "type", "format", "enum", "items", "properties", "required", "additionalProperties",
        "description",
    ];

    /// <summary>What does not fit, with where.</summary>
    public static IEnumerable<string> Mistakes(JsonNode document, JsonNode? schema, JsonElement value, string at = "$")
    {
        if (schema is JsonValue anything) return anything.GetValue<bool>() ? [] : [$"{at}: nothing fits"];
        var rules = schema!.AsObject();
        if (rules.Select(rule => rule.Key).Except(Known).FirstOrDefault() is { } foreign)
            return [$"{at}: {foreign} is not checked"];
        if (rules["$ref"] is { } reference) return Mistakes(document, Target(document, $"{reference}"), value, at);
        if (rules["anyOf"] is JsonArray ways)
            return ways.Any(way => !Mistakes(document, way, value, at).Any())
                ? []
                : [$"{at}: none of {ways.Count} fits"];
        if (rules["enum"] is JsonArray values)
            return values.Any(one => $"{one}" == value.GetString())
                ? []
                : [$"{at}: {value} is not one of {values.ToJsonString()}"];
        return rules["type"] is { } type && !Is($"{type}", value) ? [$"{at}: {value.ValueKind} is not {type}"]
            : value.ValueKind switch
            {
                JsonValueKind.Object => OfObject(document, rules, value, at),
                JsonValueKind.Array => value.EnumerateArray()
                    .SelectMany((item, n) => Mistakes(document, rules["items"] ?? true, item, $"{at}[{n}]")),
                JsonValueKind.String when $"{rules["format"]}" == "date-time" && !value.TryGetDateTimeOffset(out _) =>
                    [$"{at}: {value} is not a moment"],
                _ => [],
            };
    }

    /// <summary>Where a reference leads; null: nowhere.</summary>
    public static JsonNode? Target(JsonNode document, string reference) =>
        reference.Split('/')[1..].Aggregate((JsonNode?)document, (node, part) => node?[part]);

    private static IEnumerable<string> OfObject(JsonNode document, JsonObject rules, JsonElement value, string at)
    {
        foreach (var name in rules["required"]?.AsArray().Select(name => $"{name}") ?? [])
            if (!value.TryGetProperty(name, out _)) yield return $"{at}: {name} is missing";
        var (properties, others) = (rules["properties"]?.AsObject(), rules["additionalProperties"]);
        foreach (var property in value.EnumerateObject())
        {
            var of = properties?[property.Name] ?? others ?? (properties is null ? true : null);
            if (of is null) yield return $"{at}: {property.Name} is not in the schema";
            else
                foreach (var mistake in Mistakes(document, of, property.Value, $"{at}.{property.Name}"))
                    yield return mistake;
        }
    }

    private static bool Is(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind is JsonValueKind.Object,
        "array" => value.ValueKind is JsonValueKind.Array,
        "string" => value.ValueKind is JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind is JsonValueKind.Number,
        _ => false,
    };
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Automation.Marketing.Chat;
using Automation.Marketing.Files;
using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Slots;

namespace Automation.Marketing.Publishing;

/// <summary>The editor schemas (JSON Schema draft 7, which editors know best), made from the shapes the readers read by
/// and the field catalogue.</summary>
public static class Schemas
{
    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>By file name in docs/schema: the text of each schema.</summary>
    public static IReadOnlyDictionary<string, string> All => new Dictionary<string, string>
    {
        ["journey.schema.json"] = File("A journey", JourneyShapes.Journey),
        ["shop.schema.json"] = File("The shop", ShopShapes.Shop),
        ["newsletter.schema.json"] = File("A newsletter", NewsletterShapes.Newsletter),
        ["scenario.schema.json"] = File("A scenario", ScenarioShapes.Scenario),
        ["chat.schema.json"] = File("A scenario of the chat", ChatScenarioShapes.Scenario),
    };

    private static string File(string title, Shape shape)
    {
        var schema = new JsonObject { ["$schema"] = "http://json-schema.org/draft-07/schema#", ["title"] = title };
        foreach (var (name, value) in Object(shape)) schema[name] = value?.DeepClone();
        var definitions = new JsonObject();
        AddUsed(schema, definitions);
        schema["definitions"] = definitions;
        return schema.ToJsonString(Readable) + "\n";
    }

    /// <summary>An object of the shape, nothing else in it.</summary>
    internal static JsonObject Object(Shape shape)
    {
        var properties = new JsonObject();
        foreach (var property in shape.Properties)
            properties[property.Name] = property.Name == "$schema" ? new JsonObject { ["type"] = "string" }
                : new JsonObject { ["description"] = property.Says, ["allOf"] = new JsonArray(Ref(property.Type)) };
        var schema = new JsonObject
        {
            ["description"] = shape.Says,
            ["type"] = "object",
            ["properties"] = properties,
            ["additionalProperties"] = false
        };
        if (shape.Properties.Where(property => property.Required).Select(property => (JsonNode)property.Name)
            .ToArray() is { Length: > 0 } required)
            schema["required"] = new JsonArray(required);
        return schema;
    }

    internal static JsonObject Ref(string definition) => new() { ["$ref"] = $"#/definitions/{definition}" };

    private static void AddUsed(JsonNode node, JsonObject definitions)
    {
        switch (node)
        {
            case JsonObject schema:
                if (schema["$ref"]?.GetValue<string>() is { } reference
                    && reference[(reference.LastIndexOf('/') + 1)..] is var name && !definitions.ContainsKey(name))
                {
                    definitions[name] = SchemaDefinitions.Of(name);
                    AddUsed(definitions[name]!, definitions);
                }
                foreach (var (_, child) in schema.ToList())
                    if (child is not null) AddUsed(child, definitions);
                break;
            case JsonArray list:
                foreach (var child in list)
                    if (child is not null) AddUsed(child, definitions);
                break;
        }
    }
}

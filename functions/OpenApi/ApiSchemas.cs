using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Automation.Functions.Http;
using Automation.Marketing.People;

namespace Automation.Functions.OpenApi;

/// <summary>The schemas of answers, one for each record: from the contracts they are written with.</summary>
public sealed class ApiSchemas(Summaries summaries)
{
    /// <summary>By the records' names.</summary>
    public JsonObject All { get; } = [];

    /// <summary>A reference to the record's schema.</summary>
    public JsonNode Of(Type type)
    {
        var name = Name(type);
        if (!All.ContainsKey(name))
        {
            All[name] = null;   // it is being made: a record may hold itself
            All[name] = Schema(type);
        }
        return new JsonObject { ["$ref"] = $"#/components/schemas/{name}" };
    }

    private JsonNode Schema(Type type) => AnswerJson.Written.Options.GetJsonSchemaAsNode(
        type, new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform });

    private JsonNode Transform(JsonSchemaExporterContext context, JsonNode node)
    {
        var (contract, isRoot) = (context.TypeInfo, context.Path.Length == 0);
        if ((Nullable.GetUnderlyingType(contract.Type) ?? contract.Type) == typeof(CustomerId))
            return new JsonObject { ["type"] = "string" };
        if (contract.Kind is JsonTypeInfoKind.Object)
            return isRoot ? Whole(contract, node.AsObject()) : Of(contract.Type);
        // It points to where the exporter met the type first, which may be within a record that stands elsewhere now.
        if (node is JsonObject pointing && pointing.ContainsKey("$ref")) return Schema(contract.Type);
        return AsWritten(node);
    }

    /// <summary>What is null is left out: whatever cannot be null is always there.</summary>
    private JsonObject Whole(JsonTypeInfo contract, JsonObject node)
    {
        node["type"] = "object";
        if (summaries.Of(contract.Type) is { } summary) node.Insert(0, "description", summary);
        node["required"] = new JsonArray(
            [.. contract.Properties.Where(one => one.Get is not null && !one.IsGetNullable)
                .Select(one => (JsonNode)one.Name)]);
        return node;
    }

    private static JsonNode AsWritten(JsonNode node)
    {
        if (node is not JsonObject schema) return node;
        if (schema["type"] is JsonArray types) schema["type"] = types.First(type => $"{type}" != "null")!.DeepClone();
        if (schema["enum"] is JsonArray values) values.Remove(null);
        schema.Remove("default");
        return schema;
    }

    private static string Name(Type type) =>
        type == typeof(JsonElement) ? "Row"
        : type.IsGenericType ? $"{type.Name[..type.Name.IndexOf('`')]}Of{Name(type.GenericTypeArguments[0])}"
            : type.Name;
}

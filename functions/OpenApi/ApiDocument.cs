using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Automation.Functions.Hosting;
using Automation.Functions.Http;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Automation.Functions.OpenApi;

/// <summary>The API as OpenAPI 3.1 describes it: from the functions' own routes and signatures, the same on both
/// hosts.</summary>
public static class ApiDocument
{
    internal static JsonTypeInfo<JsonObject> Readable { get; } = (JsonTypeInfo<JsonObject>)new JsonSerializerOptions
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = AnswerJson.Default,
    }.GetTypeInfo(typeof(JsonObject));

    public static JsonObject Of(IEnumerable<ListedFunction> functions)
    {
        var (paths, summaries) = (new JsonObject(), new Summaries());
        var schemas = new ApiSchemas(summaries);
        foreach (var function in functions.OrderBy(
            function => (function.Trigger as Trigger.Http)?.Route, StringComparer.Ordinal))
        {
            if (function.Trigger is not Trigger.Http(var route, var methods) || HttpRoutes.IsConsole(route)) continue;
            var path = $"/{route.Replace("{*", "{", StringComparison.Ordinal)}";
            if (paths[path] is not JsonObject item) paths[path] = item = [];
            // Whoever may GET may ask for the head alone.
            foreach (var method in methods.Where(method => method != "HEAD"))
            {
                var operation = Operation(function, route, method, schemas);
                if (summaries.Of(function.Method) is { } summary) operation.Insert(1, "summary", summary);
                item[method.ToLowerInvariant()] = operation;
            }
        }
        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject { ["title"] = "Marketing automation for small online shops", ["version"] = "1" },
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas.All,
                ["securitySchemes"] = new JsonObject
                {
                    ["key"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer" },
                },
            },
        };
    }

    private static JsonObject Operation(ListedFunction function, string route, string method, ApiSchemas schemas)
    {
        var asks = function.Method.GetCustomAttribute<AsksAttribute>();
        var operation = new JsonObject
        {
            ["operationId"] = method == "POST" && function.Method.ReturnType == typeof(Task<Html>)
                ? $"Post{function.Name}"
                : function.Name,
            ["tags"] = new JsonArray(function.Method.DeclaringType!.Namespace!.Split('.')[^1]),
            ["parameters"] = new JsonArray(
            [
                .. RoutePatternFactory.Parse(route).Parameters.Select(one => Parameter(one.Name, "path", true)),
                .. (asks?.Query ?? []).Select(name => Parameter(name, "query", false)),
            ]),
            ["responses"] = Responses(function.Method.ReturnType, schemas),
        };
        if (asks?.Body is { } type)
            operation["requestBody"] =
                new JsonObject { ["required"] = true, ["content"] = Content(type, new JsonObject()) };
        if (HttpRoutes.IsApi(route))
            operation["security"] = new JsonArray(new JsonObject { ["key"] = new JsonArray() });
        return operation;
    }

    private static JsonObject Parameter(string name, string place, bool required) => new()
    {
        ["name"] = name,
        ["in"] = place,
        ["required"] = required,
        ["schema"] = new JsonObject { ["type"] = "string" },
    };

    /// <summary>By status, as the result types in the signature say; whatever else is refused is a
    /// <c>default</c>.</summary>
    private static JsonObject Responses(Type answer, ApiSchemas schemas)
    {
        if (answer.IsGenericType && answer.GetGenericTypeDefinition() == typeof(Task<>))
            answer = answer.GenericTypeArguments[0];
        var results = typeof(INestedHttpResult).IsAssignableFrom(answer) ? answer.GenericTypeArguments : [answer];
        var responses = new JsonObject();
        foreach (var same in results.Select(result => Response(result, schemas)).GroupBy(one => one.Status))
        {
            var bodies = same.ToList();
            var schema = bodies.Count == 1 ? bodies[0].Schema
                : new JsonObject { ["anyOf"] = new JsonArray([.. bodies.Select(one => one.Schema)]) };
            responses[same.Key] = new JsonObject { ["description"] = bodies[0].Meaning };
            if (schema is not null) responses[same.Key]!["content"] = Content(bodies[0].Type, schema);
        }
        return responses;
    }

    private static (string Status, string Meaning, string Type, JsonNode? Schema) Response(
        Type result, ApiSchemas schemas)
    {
        const string json = "application/json", done = "Done", taken = "Taken: on disk, and seen to later";
        if (typeof(Refusal).IsAssignableFrom(result))
            return (result == typeof(Refusal) ? "default" : "409", "Refused", Refusal.ContentType, schemas.Of(result));
        if (result == typeof(Html))
            return ("default", "A page", Html.ContentType, new JsonObject { ["type"] = "string" });
        if (result == typeof(FileContentHttpResult))
            return ("200", "The picture", "image/*", new JsonObject { ["type"] = "string", ["format"] = "binary" });
        if (result == typeof(Utf8ContentHttpResult))
            return ("200", "This document", json, new JsonObject { ["type"] = "object" });
        if (result == typeof(ContentHttpResult))
            return ("200", "Text", "text/plain", new JsonObject { ["type"] = "string" });
        if (result == typeof(StatusCodeHttpResult)) return ("304", "As it was", "", null);
        if (result == typeof(NoContent)) return ("204", done, "", null);
        if (result == typeof(Ok)) return ("200", done, "", null);
        if (result == typeof(Accepted)) return ("202", taken, "", null);
        var body = schemas.Of(result.GenericTypeArguments[0]);
        return result.GetGenericTypeDefinition() == typeof(Accepted<>)
            ? ("202", taken, json, body)
            : ("200", "The answer", json, body);
    }

    private static JsonObject Content(string type, JsonNode schema) =>
        new() { [type] = new JsonObject { ["schema"] = schema } };
}

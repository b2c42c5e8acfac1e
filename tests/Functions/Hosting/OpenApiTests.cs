using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Automation.Functions.Hosting;
using Automation.Functions.Http;

namespace Automation.Functions.Tests.Hosting;

/// <summary>The document says what is true of the functions, and of what they answer.</summary>
public sealed partial class OpenApiTests(AskedShop shop) : IClassFixture<AskedShop>
{
    private static readonly string[] Places = ["path", "query"];

    [Fact]
    public async Task Whoever_asks_gets_the_document_without_a_key()
    {
        using var answer = await shop.Shop.Http.GetAsync(new Uri("/openapi.json", UriKind.Relative));
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        var document = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Matches(@"^3\.1\.\d+$", $"{document["openapi"]}");
        Assert.NotEqual("", $"{document["info"]!["title"]}");
        Assert.NotEqual("", $"{document["info"]!["version"]}");
    }

    [Fact]
    public async Task Every_route_of_every_function_is_in_it_and_nothing_else()
    {
        var routes = from function in await FunctionCatalog.Read()
                     let http = function.Trigger as Trigger.Http
                     where http is not null && !HttpRoutes.IsConsole(http.Route)
                     from method in http.Methods
                     where method != "HEAD"
                     select $"{method} /{http.Route.Replace("{*", "{", StringComparison.Ordinal)}";
        var described = (await Operations()).Select(one => $"{one.Method} {one.Path}");
        Assert.Equal(routes.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_operation_has_a_name_of_its_own_says_what_it_does_and_names_its_parameters()
    {
        var operations = await Operations();
        Assert.Equal(operations.Count, operations.Select(one => $"{one.Operation["operationId"]}").Distinct().Count());
        Assert.All(operations, one =>
        {
            Assert.NotEqual("", $"{one.Operation["summary"]}");
            var parameters = one.Operation["parameters"]!.AsArray();
            Assert.Equal(
                Parameter().Matches(one.Path).Select(match => match.Groups[1].Value),
                from parameter in parameters where $"{parameter["in"]}" == "path" select $"{parameter["name"]}");
            Assert.All(parameters, parameter =>
            {
                Assert.Contains($"{parameter!["in"]}", Places);
                Assert.Equal("string", $"{parameter["schema"]!["type"]}");
            });
            var responses = one.Operation["responses"]!.AsObject();
            Assert.NotEmpty(responses);
            Assert.All(responses, response => Assert.NotEqual("", $"{response.Value!["description"]}"));
            Assert.Equal(
                one.Path == "/metrics" || one.Path.StartsWith("/api/", StringComparison.Ordinal),
                one.Operation["security"] is not null);
        });
    }

    [Fact]
    public async Task Every_reference_leads_somewhere()
    {
        var document = await Document();
        var references = Reference().Matches(document.ToJsonString()).Select(match => match.Groups[1].Value)
            .ToHashSet();
        Assert.NotEmpty(references);
        Assert.All(references, reference => Assert.NotNull(Schema.Target(document, reference)));
    }

    [Fact]
    public async Task What_is_answered_fits_what_the_document_says()
    {
        var document = await Document();
        Assert.All(shop.All.Where(asked => asked.Body != ""), asked =>
        {
            var path = $"/{asked.Route.Replace("{*", "{", StringComparison.Ordinal)}";
            var responses = document["paths"]![path]![asked.Method.ToLowerInvariant()]!["responses"]!;
            var media = (responses[$"{asked.Status}"] ?? responses["default"])!["content"]!.AsObject().First();
            Assert.StartsWith(media.Key, asked.Type!, StringComparison.Ordinal);
            Assert.Equal([], Schema.Mistakes(document, media.Value!["schema"], JsonElement.Parse(asked.Body)));
        });
    }

    [Fact]
    public async Task A_sample_of_every_answer_to_a_GET_was_looked_at()
    {
        string[] others = ["openapi.json", "metrics", "schemas/{name}", "u/{token}", "c/{token}", "a/{token}",
            "line/link/{token}", "line/prove/{proof}", "pictures/{hash}/{name}", "chat/messages", "chat/widget.js",
            "chat/frame"];
        var answered = shop.All.Where(asked => asked is { Method: "GET", Status: 200 }).Select(asked => asked.Route);
        var routes = (await FunctionCatalog.Read()).Select(function => function.Trigger).OfType<Trigger.Http>()
            .Where(http => http.Methods.Contains("GET") && !HttpRoutes.IsConsole(http.Route))
            .Select(http => http.Route);
        Assert.Empty(routes.Except(answered).Except(others));
    }

    private async Task<JsonNode> Document() =>
        JsonNode.Parse(await shop.Shop.Http.GetStringAsync(new Uri("/openapi.json", UriKind.Relative)))!;

    private async Task<List<(string Method, string Path, JsonNode Operation)>> Operations() =>
        [
            .. (await Document())["paths"]!.AsObject().SelectMany(path =>
                path.Value!.AsObject().Select(one => (one.Key.ToUpperInvariant(), path.Key, one.Value!))),
        ];

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"""\$ref"":""([^""]+)""")]
    private static partial Regex Reference();
}

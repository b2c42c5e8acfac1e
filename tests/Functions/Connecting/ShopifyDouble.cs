using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Automation.Functions.Tests.Connecting;

/// <summary>How the next request is treated.</summary>
internal enum Treatment
{
    Answer,

    /// <summary>429, with a second to wait.</summary>
    TooMany,

    /// <summary>Shopify's own way: 200, and an error that says THROTTLED.</summary>
    Throttled,

    /// <summary>500, and nothing was done.</summary>
    Broken,

    /// <summary>It is done, and the connection cut before the answer.</summary>
    DoAndCut,

    /// <summary>The connection is cut, and nothing was done.</summary>
    Cut,
}

/// <summary>Shopify's GraphQL Admin API on this machine, as far as webhooks go.</summary>
internal sealed class ShopifyDouble : IAsyncDisposable
{
    private readonly WebApplication web;
    private readonly Lock gate = new();
    private int made;

    private ShopifyDouble(WebApplication web) => this.web = web;

    public string Url => web.Urls.First();
    public string[] Scopes { get; set; } =
        ["read_orders", "read_customers", "read_customer_merge", "write_fulfillments"];

    /// <summary>Each webhook: id, topic (enumerated), address.</summary>
    public List<(string Id, string Topic, string Uri)> Webhooks { get; } = [];

    /// <summary>The namespaces of metafields that a webhook carries, by its id.</summary>
    public Dictionary<string, string[]> Namespaces { get; } = [];

    /// <summary>How the request is treated that is of this kind: <c>list</c>, <c>add</c>, <c>mend</c>,
    /// <c>scopes</c>.</summary>
    public Func<string, Treatment> Next { get; set; } = _ => Treatment.Answer;

    /// <summary>Requests that changed something.</summary>
    public int Changes { get; private set; }

    /// <summary>Topics that are refused, with Shopify's words.</summary>
    public Dictionary<string, string> Refused { get; } = [];

    public static async Task<ShopifyDouble> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var web = builder.Build();
        var shop = new ShopifyDouble(web);
        web.MapPost("/admin/api/2026-01/graphql.json", shop.Take);
        await web.StartAsync();
        return shop;
    }

    private async Task Take(HttpContext http)
    {
        var asked = (await JsonNode.ParseAsync(http.Request.Body))!;
        if (http.Request.Headers["X-Shopify-Access-Token"] != "shpat_of-the-test")
        {
            http.Response.StatusCode = 401;
            await http.Response.WriteAsync("""{"errors":"[API] Invalid API key or access token"}""");
            return;
        }
        var (query, variables) = ($"{asked["query"]}", asked["variables"]!.AsObject());
        var kind = query.Contains("accessScopes", StringComparison.Ordinal) ? "scopes"
            : query.Contains("webhookSubscriptionCreate", StringComparison.Ordinal) ? "add"
            : query.Contains("webhookSubscriptionUpdate", StringComparison.Ordinal) ? "mend" : "list";
        var treatment = Next(kind);
        if (treatment == Treatment.Cut) { http.Abort(); return; }
        if (treatment is Treatment.TooMany or Treatment.Broken)
        {
            http.Response.StatusCode = treatment == Treatment.TooMany ? 429 : 500;
            if (treatment == Treatment.TooMany) http.Response.Headers.RetryAfter = "1.0";
            return;
        }
        var answer = treatment == Treatment.Throttled
            ? """{"errors":[{"message":"Throttled","extensions":{"code":"THROTTLED"}}]}"""
            : Do(kind, variables);
        if (treatment == Treatment.DoAndCut) { http.Abort(); return; }
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(answer);
    }

    private string Do(string kind, JsonObject variables)
    {
        lock (gate)
            return kind switch
            {
                "scopes" => new JsonObject
                {
                    ["data"] = new JsonObject
                    {
                        ["currentAppInstallation"] = new JsonObject
                        {
                            ["accessScopes"] = new JsonArray(
                                [.. Scopes.Select(scope => new JsonObject { ["handle"] = scope })]),
                        },
                    },
                }.ToJsonString(),
                "list" => List($"{variables["after"]}"),
                "add" => Add($"{variables["topic"]}", variables["webhook"]!.AsObject()),
                _ => Mend($"{variables["id"]}", variables["webhook"]!.AsObject()),
            };
    }

    /// <summary>Seven a page, so that there are several.</summary>
    private string List(string after)
    {
        const int page = 7;
        var from = after == "" ? 0 : int.Parse(after, System.Globalization.CultureInfo.InvariantCulture);
        return new JsonObject
        {
            ["data"] = new JsonObject
            {
                ["webhookSubscriptions"] = new JsonObject
                {
                    ["nodes"] = new JsonArray([.. Webhooks.Skip(from).Take(page).Select(one =>
                        new JsonObject
                        {
                            ["id"] = one.Id,
                            ["topic"] = one.Topic,
                            ["uri"] = one.Uri,
                            ["metafieldNamespaces"] = new JsonArray(
                                [.. Namespaces.GetValueOrDefault(one.Id, []).Select(name => (JsonNode)name)]),
                        })]),
                    ["pageInfo"] = new JsonObject
                    {
                        ["hasNextPage"] = from + page < Webhooks.Count,
                        ["endCursor"] = $"{from + page}",
                    },
                },
            },
        }.ToJsonString();
    }

    private string Add(string topic, JsonObject webhook)
    {
        var uri = $"{webhook["uri"]}";
        if (Refused.TryGetValue(topic, out var why)) return Answer("webhookSubscriptionCreate", why);
        if (Webhooks.Any(one => one.Topic == topic && one.Uri == uri))
            return Answer("webhookSubscriptionCreate", "Address for this topic has already been taken");
        Changes++;
        var id = $"gid://shopify/WebhookSubscription/{++made}";
        Webhooks.Add((id, topic, uri));
        Carry(id, webhook);
        return Answer("webhookSubscriptionCreate", null);
    }

    private string Mend(string id, JsonObject webhook)
    {
        Changes++;
        var at = Webhooks.FindIndex(one => one.Id == id);
        Webhooks[at] = Webhooks[at] with { Uri = $"{webhook["uri"]}" };
        Carry(id, webhook);
        return Answer("webhookSubscriptionUpdate", null);
    }

    private void Carry(string id, JsonObject webhook)
    {
        if (webhook["metafieldNamespaces"] is JsonArray names) Namespaces[id] = [.. names.Select(name => $"{name}")];
    }

    private static string Answer(string field, string? error) => new JsonObject
    {
        ["data"] = new JsonObject
        {
            [field] = new JsonObject
            {
                ["userErrors"] = error is null ? new JsonArray()
                    : new JsonArray(new JsonObject { ["field"] = new JsonArray("topic"), ["message"] = error }),
            },
        },
    }.ToJsonString();

    public async ValueTask DisposeAsync()
    {
        await web.StopAsync();
        await web.DisposeAsync();
    }
}

using System.Text;
using System.Text.Json.Nodes;
using Automation.Functions.Doctor;
using Automation.Functions.Hosting;

namespace Automation.Functions.Connecting;

/// <summary>Shopify's GraphQL Admin API, as the app whose token is configured: an app sees and changes its own
/// subscriptions only, not those made by hand in the admin.</summary>
public sealed class ShopifyAdmin(SourceAdmin admin, Asking asking, TimeProvider wall) : PlatformAdmin(asking, wall)
{
    /// <summary>Since 2025-10 an address is a <c>uri</c>. A version that Shopify no longer serves is answered as its
    /// oldest one that it does.</summary>
    public const string Version = "2026-01";

    private const string Listing = """
        query($after: String) {
          webhookSubscriptions(first: 100, after: $after) {
            nodes { id topic uri metafieldNamespaces } pageInfo { hasNextPage endCursor } } }
        """;

    private const string Scopes = "query { currentAppInstallation { accessScopes { handle } } }";

    private const string Adding = """
        mutation($topic: WebhookSubscriptionTopic!, $webhook: WebhookSubscriptionInput!) {
          webhookSubscriptionCreate(topic: $topic, webhookSubscription: $webhook) {
            webhookSubscription { id } userErrors { field message } } }
        """;

    private const string Mending = """
        mutation($id: ID!, $webhook: WebhookSubscriptionInput!) {
          webhookSubscriptionUpdate(id: $id, webhookSubscription: $webhook) {
            webhookSubscription { id } userErrors { field message } } }
        """;

    public override async Task<IReadOnlyList<RegisteredWebhook>> List(CancellationToken cancellation)
    {
        List<RegisteredWebhook> found = [];
        string? after = null;
        do
        {
            var page = (await Query(Listing, new() { ["after"] = after }, cancellation))["webhookSubscriptions"]!;
            found.AddRange(page["nodes"]!.AsArray().Select(node =>
                new RegisteredWebhook($"{node!["id"]}", Topic($"{node["topic"]}"), $"{node["uri"]}", IsOn: true)
                {
                    Namespaces = [.. (node["metafieldNamespaces"] as JsonArray ?? []).Select(name => $"{name}")],
                }));
            after = page["pageInfo"]!["hasNextPage"]!.GetValue<bool>() ? $"{page["pageInfo"]!["endCursor"]}" : null;
        } while (after is not null);
        return found;
    }

    public override async Task<IReadOnlyList<string>> MissingScopes(
        IReadOnlyList<WantedWebhook> wanted, CancellationToken cancellation)
    {
        var answer = await Query(Scopes, [], cancellation);
        var has = answer["currentAppInstallation"]!["accessScopes"]!.AsArray()
            .Select(scope => $"{scope!["handle"]}").ToHashSet();
        // Who may write may read.
        return [.. wanted.Select(one => one.Scope!).Distinct()
            .Where(scope => !has.Contains(scope)
                && !has.Contains(scope.Replace("read_", "write_", StringComparison.Ordinal)))];
    }

    public override Task Add(WantedWebhook wanted, string address, CancellationToken cancellation) => Change(
        Adding, "webhookSubscriptionCreate",
        new() { ["topic"] = Enumerated(wanted.Topic), ["webhook"] = Webhook(address, wanted.Namespaces) },
        cancellation);

    public override Task Mend(ConnectAct.Mend mend, string address, CancellationToken cancellation) => Change(
        Mending, "webhookSubscriptionUpdate",
        new()
        {
            ["id"] = mend.Webhook.Id,
            ["webhook"] = Webhook(address, mend.Webhook.Namespaces.Union(mend.Wanted.Namespaces)),
        },
        cancellation);

    private static JsonObject Webhook(string address, IEnumerable<string> namespaces)
    {
        var webhook = new JsonObject { ["uri"] = address, ["format"] = "JSON" };
        JsonNode[] names = [.. namespaces.Select(name => (JsonNode)name)];
        if (names.Length > 0) webhook["metafieldNamespaces"] = new JsonArray(names);
        return webhook;
    }

    /// <summary><c>orders/create</c> is <c>ORDERS_CREATE</c> there.</summary>
    private static string Enumerated(string topic) => topic.Replace('/', '_').ToUpperInvariant();

    private static string Topic(string enumerated) =>
        WantedWebhook.Of("shopify").FirstOrDefault(one => Enumerated(one.Topic) == enumerated)?.Topic ?? enumerated;

    private async Task Change(string query, string field, JsonObject variables, CancellationToken cancellation)
    {
        var answer = await Query(query, variables, cancellation);
        if (answer[field]?["userErrors"] is JsonArray { Count: > 0 } errors)
            throw Refused(string.Join("; ", errors.Select(error => $"{error!["message"]}")));
    }

    private async Task<JsonNode> Query(string query, JsonObject variables, CancellationToken cancellation)
    {
        var body = new JsonObject { ["query"] = query, ["variables"] = variables }.ToJsonString();
        var answer = await Ask(
            () => new(HttpMethod.Post, $"{admin.Url}/admin/api/{Version}/graphql.json")
            {
                Content = new StringContent(body, Encoding.UTF8, "application/json"),
                Headers = { { "X-Shopify-Access-Token", admin.Token } },
            },
            cancellation);
        var json = Parsed(answer.Body);
        if (answer.Code is 401 or 403) throw new RefusedException(
            $"{admin.Url} does not know the token ({answer.Code})",
            "Copy the Admin API access token of the app again (…:AdminToken); is the app installed in this shop?");
        if (answer.Code != 200 || json is null) throw new RefusedException(
            $"{admin.Url} answers {answer.Code}, which is not Shopify's Admin API",
            "…:Url is the shop's own address at Shopify: https://your-shop.myshopify.com.");
        if (json["errors"] is JsonArray { Count: > 0 } errors)
            throw Refused(string.Join("; ", errors.Select(error => $"{error!["message"]}")));
        return json["data"] ?? throw new UnclearException("it answers without data");
    }

    private static RefusedException Refused(string says) => new(
        says,
        says.Contains("protected customer data", StringComparison.OrdinalIgnoreCase)
            ? "In the app's settings at Shopify: API access → Protected customer data access, ask for it."
            : "In the app's settings at Shopify: Configuration → Admin API access scopes, then install it again.");

    /// <summary>GraphQL answers 200 where there were too many requests (<c>THROTTLED</c>).</summary>
    protected override bool IsThrottled(OutsideAnswer answer) =>
        answer.Code == 200 && answer.Body.Contains("\"THROTTLED\"", StringComparison.Ordinal);
}

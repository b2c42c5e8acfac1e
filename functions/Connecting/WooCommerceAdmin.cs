using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Automation.Functions.Doctor;
using Automation.Functions.Hosting;

namespace Automation.Functions.Connecting;

/// <summary>WooCommerce's REST API, version 3: webhooks carry the secret they sign with, which is ours; it is written
/// and never read back.</summary>
public sealed class WooCommerceAdmin(SourceAdmin admin, string secret, Asking asking, TimeProvider wall)
    : PlatformAdmin(asking, wall)
{
    private string Webhooks => $"{admin.Url}/wp-json/wc/v3/webhooks";

    public override async Task<IReadOnlyList<RegisteredWebhook>> List(CancellationToken cancellation)
    {
        List<RegisteredWebhook> found = [];
        for (var (page, pages) = (1, 1); page <= pages; page++)
        {
            var answer = await Ask(() => Request(HttpMethod.Get, $"{Webhooks}?per_page=100&page={page}"), cancellation);
            pages = answer.Pages;
            if (Checked(answer) is not JsonArray list) throw NotTheirs(answer);
            found.AddRange(list.Select(one => new RegisteredWebhook(
                $"{one!["id"]}", $"{one["topic"]}", $"{one["delivery_url"]}", $"{one["status"]}" == "active")));
        }
        return found;
    }

    public override Task<IReadOnlyList<string>> MissingScopes(
        IReadOnlyList<WantedWebhook> wanted, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<string>>([]);

    public override async Task Add(WantedWebhook wanted, string address, CancellationToken cancellation) =>
        Checked(await Ask(
            () => Request(HttpMethod.Post, Webhooks, new()
            {
                ["name"] = $"Marketing automation: {wanted.Topic}",
                ["topic"] = wanted.Topic,
                ["delivery_url"] = address,
                ["secret"] = secret,
                ["status"] = "active",
            }),
            cancellation));

    public override async Task Mend(ConnectAct.Mend mend, string address, CancellationToken cancellation) =>
        Checked(await Ask(
            () => Request(HttpMethod.Put, $"{Webhooks}/{Uri.EscapeDataString(mend.Webhook.Id)}", new()
            {
                ["delivery_url"] = address,
                ["secret"] = secret,
                ["status"] = "active",
            }),
            cancellation));

    private HttpRequestMessage Request(HttpMethod method, string url, JsonObject? body = null)
    {
        var basic = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{admin.Key}:{admin.KeySecret}"));
        return new(method, url)
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Basic", basic) },
            Content = body is null ? null
                : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        };
    }

    private JsonNode? Checked(OutsideAnswer answer)
    {
        var json = Parsed(answer.Body);
        if (answer.Code is 200 or 201 && json is not null) return json;
        var (code, message) = ((json as JsonObject)?["code"]?.ToString(), (json as JsonObject)?["message"]?.ToString());
        if (code is null) throw NotTheirs(answer);
        throw new RefusedException($"{message} ({code})", answer.Code switch
        {
            401 or 403 when code.Contains("cannot", StringComparison.Ordinal) =>
                "The key may not write: WooCommerce → Settings → Advanced → REST API, permissions Read/Write.",
            401 or 403 =>
                "Copy consumer key and secret again (…:AdminKey, …:AdminSecret): WooCommerce → Settings → Advanced → "
                + "REST API.",
            _ => "WooCommerce → Settings → Advanced → Webhooks shows what is there.",
        });
    }

    private RefusedException NotTheirs(OutsideAnswer answer) => new(
        $"{Webhooks} answers {answer.Code}, which is not WooCommerce's API",
        answer.Location is { } elsewhere
            ? $"It leads to {elsewhere}: write that address as …:Url."
            : "Is …:Url the address of the WordPress site, and are its permalinks other than Plain?");
}

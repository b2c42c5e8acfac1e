using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Automation.Functions.Tests.Connecting;

/// <summary>A WordPress site with WooCommerce on this machine, as far as its REST API for webhooks goes.</summary>
internal sealed class WooCommerceDouble : IAsyncDisposable
{
    private readonly WebApplication web;
    private readonly Lock gate = new();

    private WooCommerceDouble(WebApplication web) => this.web = web;

    public string Url => $"{web.Urls.First()}/shop";

    /// <summary>May the key write?</summary>
    public bool MayWrite { get; set; } = true;

    public List<JsonObject> Webhooks { get; } = [];

    /// <summary>How a request of this method is treated.</summary>
    public Func<string, Treatment> Next { get; set; } = _ => Treatment.Answer;

    public int Changes { get; private set; }

    public static async Task<WooCommerceDouble> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var web = builder.Build();
        var shop = new WooCommerceDouble(web);
        web.Map("/shop/wp-json/wc/v3/webhooks/{id?}", shop.Take);
        await web.StartAsync();
        return shop;
    }

    private async Task Take(HttpContext http)
    {
        var method = http.Request.Method;
        var body = method == "GET" ? null : (await JsonNode.ParseAsync(http.Request.Body))!.AsObject();
        var key = "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes("ck_of-the-test:cs_of-the-test"));
        if (http.Request.Headers.Authorization != key)
        {
            await Refuse(http, "woocommerce_rest_authentication_error", "Consumer key is invalid.");
            return;
        }
        var treatment = Next(method);
        if (treatment == Treatment.Cut) { http.Abort(); return; }
        if (treatment is Treatment.TooMany or Treatment.Broken)
        {
            http.Response.StatusCode = treatment == Treatment.TooMany ? 429 : 503;
            if (treatment == Treatment.TooMany) http.Response.Headers.RetryAfter = "1";
            return;
        }
        if (method != "GET" && !MayWrite)
        {
            await Refuse(http, "woocommerce_rest_cannot_create", "Sorry, you are not allowed to create resources.");
            return;
        }
        string answer;
        lock (gate) answer = Do(http, method, body);
        if (treatment == Treatment.DoAndCut) { http.Abort(); return; }
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(answer);
    }

    private string Do(HttpContext http, string method, JsonObject? body)
    {
        if (method == "GET")
        {
            var page = int.Parse(
                http.Request.Query["page"].ToString(), System.Globalization.CultureInfo.InvariantCulture);
            const int size = 3;   // however many are asked for: there are several pages
            http.Response.Headers["X-WP-TotalPages"] = $"{Math.Max(1, (Webhooks.Count + size - 1) / size)}";
            return new JsonArray([.. Webhooks.Skip((page - 1) * size).Take(size).Select(Shown)]).ToJsonString();
        }
        Changes++;
        if (http.Request.RouteValues["id"] is string id)
        {
            var known = Webhooks.Single(one => $"{one["id"]}" == id);
            foreach (var (name, value) in body!) known[name] = value!.DeepClone();
            return Shown(known).ToJsonString();
        }
        http.Response.StatusCode = 201;
        body!["id"] = 100 + Webhooks.Count;
        Webhooks.Add(body);
        return Shown(body).ToJsonString();
    }

    /// <summary>The secret is written and not shown.</summary>
    private static JsonNode Shown(JsonObject webhook)
    {
        var shown = webhook.DeepClone().AsObject();
        shown.Remove("secret");
        return shown;
    }

    private static async Task Refuse(HttpContext http, string code, string message)
    {
        http.Response.StatusCode = 401;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(
            $$$"""{"code":"{{{code}}}","message":"{{{message}}}","data":{"status":401}}""");
    }

    public async ValueTask DisposeAsync()
    {
        await web.StopAsync();
        await web.DisposeAsync();
    }
}

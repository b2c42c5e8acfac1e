using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Automation.Console.Tests.Access;

/// <summary>What each role may do, and what is written down of it.</summary>
public sealed class RoleTests(OpenShop shop) : IClassFixture<OpenShop>
{
    [Theory]
    [InlineData(OpenShop.Viewer, "GET", "/api/journeys", HttpStatusCode.OK)]
    [InlineData(OpenShop.Viewer, "POST", "/api/journeys/welcome/pause", HttpStatusCode.Forbidden)]
    [InlineData(OpenShop.Viewer, "PUT", "/api/journeys/welcome", HttpStatusCode.Forbidden)]
    [InlineData(OpenShop.Viewer, "POST", "/api/events", HttpStatusCode.Forbidden)]
    [InlineData(OpenShop.Viewer, "GET", "/api/replay", HttpStatusCode.NotFound)]
    [InlineData(OpenShop.Viewer, "POST", "/api/replay", HttpStatusCode.Forbidden)]
    [InlineData(OpenShop.Viewer, "DELETE", "/api/replay", HttpStatusCode.Forbidden)]
    [InlineData(OpenShop.Viewer, "POST", "/api/validate", HttpStatusCode.UnsupportedMediaType)]
    [InlineData(OpenShop.Viewer, "GET", "/api/customers/00000000000000000000/export", HttpStatusCode.Forbidden)]
    [InlineData(OpenShop.Marketer, "POST", "/api/journeys/win-back/pause", HttpStatusCode.OK)]
    [InlineData(OpenShop.Marketer, "GET", "/api/customers/00000000000000000000/export", HttpStatusCode.Forbidden)]
    [InlineData(OpenShop.Marketer, "DELETE", "/api/customers/00000000000000000000", HttpStatusCode.Forbidden)]
    [InlineData(OpenShop.Marketer, "PUT", "/api/shop", HttpStatusCode.Forbidden)]
    [InlineData(OpenShop.Marketer, "GET", "/api/audit", HttpStatusCode.Forbidden)]
    [InlineData(OpenShop.Owner, "GET", "/api/customers/00000000000000000000/export", HttpStatusCode.NotFound)]
    [InlineData(OpenShop.Owner, "GET", "/api/audit", HttpStatusCode.OK)]
    [InlineData("nobodys-key-nobodys-key", "GET", "/api/journeys", HttpStatusCode.Unauthorized)]
    public async Task A_key_may_do_what_its_role_allows(string key, string method, string path, HttpStatusCode expected)
    {
        using var api = shop.Api(key);
        using var answer = await api.SendAsync(new(new HttpMethod(method), path));
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task A_refusal_names_the_role_that_is_needed()
    {
        using var api = shop.Api(OpenShop.Viewer);
        using var answer = await api.PostAsync(new Uri("/api/journeys/welcome/pause", UriKind.Relative), null);
        Assert.Contains("marketer", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_change_leaves_a_row_that_says_who_did_what_when_and_from_where()
    {
        using (var api = shop.Api(OpenShop.Marketer))
        using (var done = await api.PostAsync(new Uri("/api/journeys/second-purchase/pause", UriKind.Relative), null))
            Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        var row = (await Audit()).First(row => $"{row!["where"]}" == "/api/journeys/second-purchase/pause")!;
        Assert.Equal("mika", $"{row["who"]}");
        Assert.Equal("PauseJourney", $"{row["what"]}");
        Assert.Equal("127.0.0.1", $"{row["from"]}");
        Assert.Equal(200, (int)row["status"]!);
        Assert.True(DateTimeOffset.UtcNow - DateTimeOffset.Parse($"{row["at"]}", null) < TimeSpan.FromMinutes(5));
    }

    [Fact]
    public async Task Questions_and_what_machines_post_every_day_leave_none()
    {
        using var api = shop.Api(OpenShop.Owner);
        using var asked = await api.PutAsJsonAsync("/api/journeys/welcome?dryRun=true", new { });
        using var posted = await api.PostAsync(new Uri("/api/events", UriKind.Relative), new StringContent("{}"));
        using var checkedOnly = await api.PostAsJsonAsync("/api/validate", new { });
        Assert.DoesNotContain(
            await Audit(), row => $"{row!["what"]}" is "PutJourney" or "PostEvents" or "ValidateJourney");
    }

    private async Task<JsonArray> Audit()
    {
        using var api = shop.Api(OpenShop.Owner);
        return JsonNode.Parse(await api.GetStringAsync(new Uri("/api/audit", UriKind.Relative)))!["items"]!.AsArray();
    }
}

using System.Net;
using System.Text.Json;
using Automation.Functions.Tests.Hosting;
using Automation.Functions.Tests.WholeThing;
using Automation.Marketing.Journeys;

namespace Automation.Functions.Tests.Pushing;

/// <summary>Scenarios are played before anything is published, and what breaks one is published only by somebody who
/// says why.</summary>
public sealed class InsistTests(RunningShop shop) : IClassFixture<RunningShop>
{
    private const string Reason = "季節の試み";
    private static readonly string Insisting = $"force={Uri.EscapeDataString(Reason)}";

    [Fact]
    public async Task What_breaks_a_scenario_is_refused_and_published_for_a_reason_that_the_audit_keeps()
    {
        var files = await Files();
        files["tests/hello.json"] = Scenario("[\"day  0 09:00 enrolled in hello\", \"day  9 09:00 completed\"]");
        var broken = await Refused(HttpMethod.Put, "/api/shop", Push());
        Assert.Equal("tests/hello.json", broken.Text("file"));
        Assert.Contains("\n- day  9 09:00 completed", broken.Text("message"), StringComparison.Ordinal);
        Assert.Equal(broken.ToString(), (await Refused(HttpMethod.Put, "/api/shop?dryRun=true", Push())).ToString());

        // What came instead is what is expected from now on.
        files["tests/hello.json"] = Scenario(JsonSerializer.Serialize(broken.Text("message").Split('\n')
            .Where(line => line.StartsWith("  ", StringComparison.Ordinal)
                || line.StartsWith("+ ", StringComparison.Ordinal))
            .Select(line => line[2..])));
        await Done(HttpMethod.Put, "/api/shop", Push());

        var (version, later) = (Version(), RunningShop.Journey.Replace("2 days", "3 days", StringComparison.Ordinal));
        var journey = await Refused(HttpMethod.Put, "/api/journeys/hello", later);
        Assert.Equal("tests/hello.json", journey.Text("file"));
        Assert.Equal(version, Version());
        using (var blank = await shop.Api(HttpMethod.Put, "/api/journeys/hello?force=%20", later))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, blank.StatusCode);

        await Done(HttpMethod.Put, $"/api/journeys/hello?{Insisting}", later);
        Assert.Equal(version + 1, Version());
        await Refused(HttpMethod.Put, "/api/shop", JsonSerializer.Serialize(new { files = await Files() }));
        await Done(HttpMethod.Put, $"/api/shop?{Insisting}", Push());
        using var audit = await shop.Api(HttpMethod.Get, "/api/audit");
        var rows = JsonDocument.Parse(await audit.Content.ReadAsStringAsync()).RootElement.GetProperty("items")
            .EnumerateArray().ToList();
        Assert.Equal([("PutShop", Reason), ("PutShop", ""), ("PutJourney", Reason)],
            rows.Take(3).Select(row => (row.Text("what"), row.Text("why"))));

        string Push() => JsonSerializer.Serialize(new { files });
    }

    [Fact]
    public async Task What_breaks_a_conversation_of_the_chat_is_refused_too()
    {
        var files = await Files();
        files["shop.json"] = files["shop.json"].TrimEnd()[..^1] + ", \"chat\": { \"toPeople\": [\"取材\"] } }";
        files["answers/shipping.md"] = "---\nask: 送料はいくらですか\n---\n550円です。\n";
        files["tests/shipping.chat.json"] = """
            { "conversations": [ { "turns": [ { "say": "送料はいくら", "contains": ["600円"] } ] } ] }
            """;
        var broken = await Refused(HttpMethod.Put, "/api/shop?dryRun=true", JsonSerializer.Serialize(new { files }));
        Assert.Equal("tests/shipping.chat.json", broken.Text("file"));
        Assert.Contains("lacks \"600円\"", broken.Text("message"), StringComparison.Ordinal);

        files["answers/shipping.md"] = "---\nask: 送料はいくらですか\n---\n600円です。\n";
        await Done(HttpMethod.Put, "/api/shop?dryRun=true", JsonSerializer.Serialize(new { files }));
    }

    private int Version() => shop.Product.Get<PublishedJourneys>().Latest("hello")!.Version;

    private static string Scenario(string diary) => $$"""
        { "journey": "hello", "start": "2026-11-03T09:00",
          "customer": { "familyName": "佐藤", "consent": { "email": "given" } },
          "events": [ { "day": -1, "event": "order.placed" }, { "day": 0, "event": "order.fulfilled" } ],
          "diary": {{diary}} }
        """;

    private async Task<Dictionary<string, string>> Files()
    {
        using var answer = await shop.Api(HttpMethod.Get, "/api/shop");
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("files")
            .EnumerateObject().ToDictionary(file => file.Name, file => file.Value.GetString()!);
    }

    /// <summary>The one scenario that stands against it.</summary>
    private async Task<JsonElement> Refused(HttpMethod method, string path, string body)
    {
        using var answer = await shop.Api(method, path, body);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        return Assert.Single(JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement
            .GetProperty("problems").EnumerateArray());
    }

    private async Task Done(HttpMethod method, string path, string body)
    {
        using var answer = await shop.Api(method, path, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}

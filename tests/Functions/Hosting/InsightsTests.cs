using System.Net;
using System.Text.Json;
using Automation.Marketing;
using Automation.Marketing.Insights;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;

namespace Automation.Functions.Tests.Hosting;

public sealed class InsightsTests(RunningShop shop) : IClassFixture<RunningShop>
{
    [Fact]
    public async Task Figures_are_counted_and_read()
    {
        await shop.Customer("counted@example.jp", "6201");
        await shop.Product.Get<Tally>().Run();
        var overview = await Json("/api/insights");
        Assert.True(overview.TryGetProperty("countedAt", out _));
        Assert.Equal(1, overview.GetProperty("customers").GetProperty("boughtAgain").GetProperty("all").GetInt32());
        Assert.Equal(0, overview.GetProperty("thanks").GetProperty("today").GetProperty("sinceOrder")
            .GetProperty("count").GetInt32());
        var cohort = Assert.Single((await Json("/api/insights/cohorts")).GetProperty("items").EnumerateArray());
        Assert.Equal("2026-11", cohort.GetProperty("month").GetString());
        Assert.Equal(2596m, cohort.GetProperty("lifetimeValue").GetDecimal());
    }

    [Fact]
    public async Task A_journey_without_figures_answers_noughts_and_one_that_is_none_404()
    {
        var journey = await Json("/api/insights/journeys/hello");
        Assert.Equal(0, journey.GetProperty("entered").GetInt32());
        Assert.Equal("30 days", journey.GetProperty("window").GetString());
        Assert.StartsWith("not enough data yet", journey.GetProperty("lift").GetProperty("verdict").GetString(),
            StringComparison.Ordinal);
        using var nowhere = await shop.Api(HttpMethod.Get, "/api/insights/journeys/nowhere");
        Assert.Equal(HttpStatusCode.NotFound, nowhere.StatusCode);
    }

    [Fact]
    public async Task An_issue_answers_its_counts()
    {
        await new IssueStore(shop.Product.Get<Tables>()).Add(new Issue
        {
            Id = new("weekly", new(2026, 11, 25)),
            State = IssueState.Sent,
            Slot = DateTimeOffset.UnixEpoch,
            Counts = new() { Audience = 3, Sent = 2, Skipped = new Dictionary<string, int> { ["consent"] = 1 } }
        });
        var issue = await Json("/api/insights/issues/weekly/2026-11-25");
        Assert.Equal(3, issue.GetProperty("audience").GetInt32());
        Assert.Equal(2, issue.GetProperty("sent").GetInt32());
        Assert.Equal(1, issue.GetProperty("skipped").GetInt32());
        using var none = await shop.Api(HttpMethod.Get, "/api/insights/issues/weekly/2026-13-25");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    private async Task<JsonElement> Json(string path)
    {
        using var answer = await shop.Api(HttpMethod.Get, path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync()).RootElement;
    }
}

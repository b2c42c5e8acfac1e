using System.Net;
using System.Text.Json;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;

namespace Automation.Functions.Tests.Hosting;

public sealed class CalendarTests(RunningShop shop) : IClassFixture<RunningShop>
{
    private const string Weekly = """{ "name": "お便り", "on": ["wednesday"], "at": "10:00" }""";

    [Fact]
    public async Task A_newsletter_and_its_issues_are_checked_published_and_shown_in_the_calendar()
    {
        Assert.False(
            (await Put("/api/newsletters/weekly?dryRun=true", Weekly)).Body.GetProperty("published").GetBoolean());
        Assert.Equal(HttpStatusCode.NotFound, (await Call(HttpMethod.Get, "/api/newsletters/weekly")).Status);
        var (refused, mistakes) = await Put(
            "/api/newsletters/weekly", Weekly.Replace("wednesday", "wednsday", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused);
        Assert.Equal("wednesday", mistakes.GetProperty("problems")[0].GetProperty("suggestion").GetString());

        Assert.True((await Put("/api/newsletters/weekly", Weekly)).Body.GetProperty("published").GetBoolean());
        var weekly = (await Call(HttpMethod.Get, "/api/newsletters/weekly")).Body;
        Assert.Equal(Weekly, weekly.GetProperty("text").GetString());
        Assert.Equal("お便り", weekly.GetProperty("name").GetString());

        var last = await Last();
        Assert.Equal("empty", last.GetProperty("state").GetString());
        var date = last.GetProperty("date").GetString()!;
        var thursday = DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture).AddDays(1).ToString(
            "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

        var (wrongDay, nearest) = await Issue(thursday, "---\nsubject: あ\n---\n本文\n");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrongDay);
        Assert.Equal(date, nearest.GetProperty("problems")[0].GetProperty("suggestion").GetString());
        var (slip, blank) = await Issue(date, "---\nsubject: あ\n---\n\n{{customer.familyNmae}}\n");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, slip);
        Assert.Equal(
            $"newsletters/weekly/{date}.md", blank.GetProperty("problems")[0].GetProperty("file").GetString());
        Assert.Equal(5, blank.GetProperty("problems")[0].GetProperty("line").GetInt32());
        Assert.Equal("empty", (await Last()).GetProperty("state").GetString());

        Assert.Equal(HttpStatusCode.OK, (await Issue(date, "---\nsubject: あ\ndraft: true\n---\n本文\n")).Status);
        Assert.Equal("draft", (await Last()).GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.OK, (await Issue(date, "---\nsubject: あ\n---\n本文\n")).Status);
        Assert.Equal("ready", (await Last()).GetProperty("state").GetString());
        Assert.Equal(date, (await Last()).GetProperty("file").GetString());

        var coming = (await Call(HttpMethod.Get, $"/api/newsletters/weekly/issues/{date}")).Body;
        Assert.Equal("ready", coming.GetProperty("state").GetString());
        Assert.Equal(date, coming.GetProperty("file").GetString());
        Assert.False(coming.GetProperty("complete").GetBoolean());
        Assert.Equal(HttpStatusCode.Conflict,
            (await Call(HttpMethod.Post, $"/api/newsletters/weekly/issues/{date}/pause")).Status);
        Assert.Equal(HttpStatusCode.NotFound,
            (await Call(HttpMethod.Post, $"/api/newsletters/weekly/issues/{thursday}/cancel")).Status);

        var next = (await Call(HttpMethod.Get, "/api/calendar")).Body.GetProperty("items").EnumerateArray()
            .First(slot => slot.GetProperty("newsletter").GetString() == "weekly").GetProperty("date").GetString()!;
        Assert.Equal(("cancelled", "by hand"), await Cancelled());
        Assert.Equal(("cancelled", "by hand"), await Cancelled());
        Assert.Equal(HttpStatusCode.Conflict, (await Issue(next, "---\nsubject: い\n---\n本文\n")).Status);

        await shop.Product.Get<IssueStore>().Add(new Issue
        {
            Id = IssueId.Parse($"weekly/{date}")!.Value,
            State = IssueState.Sending,
            Slot = last.GetProperty("at").GetDateTimeOffset()
        });
        Assert.Equal(HttpStatusCode.Conflict, (await Issue(date, "---\nsubject: い\n---\n本文\n")).Status);
        Assert.Equal("sending", (await Last()).GetProperty("state").GetString());

        async Task<(string?, string?)> Cancelled()
        {
            var (status, issue) = await Call(HttpMethod.Post, $"/api/newsletters/weekly/issues/{next}/cancel");
            Assert.Equal(HttpStatusCode.OK, status);
            return (issue.GetProperty("state").GetString(), issue.GetProperty("because").GetString());
        }
    }

    [Theory]
    [InlineData("/api/newsletters/nowhere/issues/2026-12-02", "text/markdown", HttpStatusCode.NotFound)]
    [InlineData("/api/newsletters/monthly/issues/2026-12-02", "application/json", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("/api/newsletters/monthly/issues/someday", "text/markdown", HttpStatusCode.BadRequest)]
    [InlineData("/api/newsletters/Monthly", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("/api/newsletters/monthly", "text/plain", HttpStatusCode.UnsupportedMediaType)]
    public async Task What_is_no_newsletter_or_issue_is_refused(string path, string type, HttpStatusCode status)
    {
        await Put("/api/newsletters/monthly", """{ "name": "a", "on": ["monday"], "at": "10:00" }""");
        using var answer = await shop.Api(HttpMethod.Put, path, "x", type);
        Assert.Equal(status, answer.StatusCode);
    }

    private Task<(HttpStatusCode Status, JsonElement Body)> Put(string path, string json) =>
        Call(HttpMethod.Put, path, json);

    private Task<(HttpStatusCode Status, JsonElement Body)> Issue(string date, string text) =>
        Call(HttpMethod.Put, $"/api/newsletters/weekly/issues/{date}", text, "text/markdown");

    /// <summary>The slot of weekly that is furthest away.</summary>
    private async Task<JsonElement> Last() =>
        (await Call(HttpMethod.Get, "/api/calendar")).Body.GetProperty("items").EnumerateArray()
            .Last(slot => slot.GetProperty("newsletter").GetString() == "weekly");

    private async Task<(HttpStatusCode Status, JsonElement Body)> Call(
        HttpMethod method, string path, string? body = null, string type = "application/json")
    {
        using var answer = await shop.Api(method, path, body, type);
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync()).RootElement);
    }
}

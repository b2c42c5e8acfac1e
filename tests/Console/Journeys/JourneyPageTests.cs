using System.Net;

namespace Automation.Console.Tests.Journeys;

/// <summary>What a marketer sees of the shop's journeys.</summary>
public sealed class JourneyPageTests(OpenShop shop) : IClassFixture<OpenShop>
{
    [Fact]
    public async Task All_journeys_stand_in_a_list_with_what_they_do()
    {
        using var mika = await shop.SignedIn(OpenShop.Marketer);
        var page = await mika.Open("/console/journeys");
        Assert.Equal(["birthday", "second-purchase", "welcome", "win-back"],
            page.QuerySelectorAll("main h2 .code").Select(one => one.TextContent));
        Assert.Contains("Starts when an order is placed", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_marketer_pauses_a_journey_and_lets_it_go_on()
    {
        using var mika = await shop.SignedIn(OpenShop.Marketer);
        using var paused = await mika.Submit(await mika.Open("/console/journeys"), "/console/journeys/win-back/pause");
        Assert.Equal("/console/journeys?done=paused", $"{paused.Headers.Location}");
        var page = await mika.Open("/console/journeys/win-back?done=paused");
        Assert.Contains("paused", page.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
        using var resumed = await mika.Submit(page, "/console/journeys/win-back/resume");
        Assert.Equal("/console/journeys/win-back?done=resumed", $"{resumed.Headers.Location}");
    }

    [Fact]
    public async Task A_viewer_is_shown_no_button_and_may_not_pause()
    {
        using var kenji = await shop.SignedIn(OpenShop.Viewer);
        var page = await kenji.Open("/console/journeys/welcome");
        Assert.Empty(page.QuerySelectorAll("main form"));
        var token = page.QuerySelector("input[name=token]")!.GetAttribute("value")!;
        using var refused = await kenji.Post("/console/journeys/welcome/pause", new() { ["token"] = token });
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Theory]
    [InlineData("en", "14 days after the first shipping, send the mail", "Nobody is held out")]
    [InlineData("ja", "初回の発送から14日後に、メール", "比べるためのグループ")]
    public async Task A_journey_is_drawn_and_read_aloud(string language, string sentence, string lift)
    {
        using var visitor = new Visitor(shop.Address) { Language = language };
        using (await visitor.Post("/console/login", new() { ["key"] = OpenShop.Viewer })) { }
        var page = await visitor.Open("/console/journeys/second-purchase");
        Assert.Contains(sentence, page.QuerySelector(".sentences")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(8, page.QuerySelectorAll(".journey-picture .box").Length);
        Assert.Equal(2, page.QuerySelectorAll(".journey-picture .wait").Length);
        Assert.Contains(
            lift, page.QuerySelector("#lift")!.ParentElement!.ParentElement!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journey_that_is_not_there_is_said_to_be_missing()
    {
        using var visitor = await shop.SignedIn();
        foreach (var path in (string[])["/console/journeys/nothing", "/console/journeys/nothing/versions",
            "/console/journeys/nothing/enrollments", "/console/journeys/..%2f"])
        {
            using var answer = await visitor.Get(path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Its_walks_are_listed_and_a_wrong_page_is_refused()
    {
        using var visitor = await shop.SignedIn();
        var page = await visitor.Open("/console/journeys/welcome/enrollments?state=live");
        Assert.NotNull(page.QuerySelector(".nothing"));
        using var wrong = await visitor.Get("/console/journeys/welcome/enrollments?next=%25");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Fact]
    public async Task A_new_journey_begins_as_a_shipped_one_under_a_name_of_its_own()
    {
        using var mika = await shop.SignedIn(OpenShop.Marketer);
        var page = await mika.Open("/console/new-journey");
        Assert.Equal(4, page.QuerySelectorAll("input[name=template]").Length);
        using var wrong = await mika.Get("/console/new-journey?id=Birth%20Day&name=x&template=welcome");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Equal("true", (await Visitor.Page(wrong)).QuerySelector("#id")!.GetAttribute("aria-invalid"));
        using var taken = await mika.Get("/console/new-journey?id=welcome&name=x&template=welcome");
        Assert.Contains(
            "already", (await Visitor.Page(taken)).QuerySelector("#id-wrong")!.TextContent, StringComparison.Ordinal);
        using var asked = await mika.Get(
            "/console/new-journey?id=tea-day&name=%E8%AA%95%E7%94%9F%E6%97%A5&template=win-back");
        Assert.Equal(HttpStatusCode.SeeOther, asked.StatusCode);
        Assert.StartsWith(
            "/console/journeys/tea-day/edit?template=win-back", $"{asked.Headers.Location}", StringComparison.Ordinal);
    }
}

using System.Net;
using AngleSharp.Html.Dom;
using Automation.Console.Journeys;

namespace Automation.Console.Tests.Journeys;

/// <summary>A marketer tries a journey on an imagined customer, without JavaScript.</summary>
public sealed class SimulatorTests(OpenShop shop) : IClassFixture<OpenShop>
{
    private const string Place = "/console/simulator";

    [Fact]
    public async Task Rows_are_added_and_taken_away_by_buttons_and_what_was_typed_stays()
    {
        using var mika = await shop.SignedIn(OpenShop.Marketer);
        var page = await mika.Open($"{Place}?journey=welcome");
        Assert.Equal("order.placed", Value(page, "event.0.event"));
        page = await Do(mika, page, new() { ["familyName"] = "佐藤", ["do"] = "add" });
        page = await Do(
            mika, page, new() { ["event.1.day"] = "2", ["event.1.event"] = "order.fulfilled", ["do"] = "add" });
        Assert.Equal(3, page.QuerySelectorAll(".happenings tbody tr").Length);
        page = await Do(mika, page, new() { ["do"] = "remove-0" });
        Assert.Equal("2", Value(page, "event.0.day"));
        Assert.Equal("order.fulfilled", Value(page, "event.0.event"));
        Assert.Equal("佐藤", Value(page, "familyName"));
    }

    [Fact]
    public async Task The_diary_and_the_mails_are_read_and_kept_as_a_scenario()
    {
        using var mika = await shop.SignedIn(OpenShop.Marketer);
        var page = await mika.Open($"{Place}?journey=welcome");
        page = await Do(mika, page, new() { ["familyName"] = "佐藤", ["event.0.total"] = "4200", ["do"] = "play" });
        var diary = page.QuerySelector("#diary")!.ParentElement!.ParentElement!;
        Assert.Contains("enrolled in welcome", diary.QuerySelector("pre")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(diary.QuerySelectorAll("circle.series-1 title"),
            mark => mark.TextContent.StartsWith("day  0", StringComparison.Ordinal)
                && mark.TextContent.Contains("sent welcome/", StringComparison.Ordinal));
        Assert.Contains("佐藤", diary.QuerySelector("details.mail")!.TextContent, StringComparison.Ordinal);
        using var saved = await Submit(
            mika, page, "/console/simulator/save", new() { ["file"] = "welcome.tried", ["about"] = "試し" });
        Assert.Equal($"{Place}?scenario=welcome.tried&done=saved", $"{saved.Headers.Location}");
        Assert.Contains("enrolled in welcome", await File.ReadAllTextAsync(Path.Combine(
            shop.Folder, "tests/welcome.tried.json")), StringComparison.Ordinal);
        Assert.Equal("4200", Value(await mika.Open($"{Place}?scenario=welcome.tried"), "event.0.total"));
    }

    [Fact]
    public void A_diary_lies_on_a_line_of_days_with_its_times()
    {
        var moments = DiaryMoment.Of(
        [
            "day -3 12:00 order.placed", "day  0 09:00 enrolled in welcome", "day 14 18:00 sent welcome/hello",
            "day 14 18:00 not sent welcome/again: consent: unknown", "…",
        ]);
        Assert.Equal([-2.5, 0.375, 14.75, 14.75], moments.Select(moment => moment.Day));
        Assert.Equal([false, false, true, false], moments.Select(moment => moment.IsSent));
    }

    [Theory]
    [InlineData("event.0.at", "25:00")]
    [InlineData("event.0.day", "soon")]
    [InlineData("start", "tomorrow")]
    public async Task What_cannot_be_read_is_refused_in_words(string field, string value)
    {
        using var mika = await shop.SignedIn(OpenShop.Marketer);
        var page = await mika.Open($"{Place}?journey=welcome");
        using var refused = await mika.Submit(page, Place, new() { [field] = value, ["do"] = "play" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.NotNull((await Visitor.Page(refused)).QuerySelector("[role=alert] li"));
    }

    [Fact]
    public async Task A_draft_is_played_in_place_of_the_journey_in_force()
    {
        using var kenji = await shop.SignedIn(OpenShop.Viewer);
        var text = await File.ReadAllTextAsync(Path.Combine(shop.Folder, "journeys/welcome.json"));
        var page = await kenji.Open($"{Place}?journey=welcome");
        page = await Do(kenji, page, new()
        {
            ["draft"] = text.Replace("\"steps\": [", "\"steps\": [ { \"do\": \"update\", \"addTags\": [\"tried\"] },",
                StringComparison.Ordinal),
            ["do"] = "play"
        });
        Assert.Contains("updated +tried", page.QuerySelector("pre")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("[formaction='/console/simulator/save']"));
        using var wrong = await kenji.Submit(page, Place, new() { ["draft"] = "{", ["do"] = "play" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
    }

    [Fact]
    public async Task Nobody_is_copied_who_is_not_there()
    {
        using var mika = await shop.SignedIn(OpenShop.Marketer);
        using var refused = await mika.Submit(
            await mika.Open(Place), Place, new() { ["sought"] = "nobody@example.jp", ["do"] = "pick" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
    }

    private static async Task<IHtmlDocument> Do(Visitor visitor, IHtmlDocument page, Dictionary<string, string> fields)
    {
        using var answer = await visitor.Submit(page, Place, fields);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await Visitor.Page(answer);
    }

    /// <summary>As the button that leads elsewhere sends the same form.</summary>
    private static Task<HttpResponseMessage> Submit(
        Visitor visitor, IHtmlDocument page, string to, Dictionary<string, string> fields)
    {
        page.QuerySelector($"form[action='{Place}'][method=post]")!.SetAttribute("action", to);
        return visitor.Submit(page, to, fields);
    }

    private static string Value(IHtmlDocument page, string name) => page.QuerySelector($"[name='{name}']") switch
    {
        IHtmlSelectElement select => select.Value ?? "",
        IHtmlInputElement input => input.Value,
        _ => throw new InvalidOperationException($"no field {name}"),
    };
}

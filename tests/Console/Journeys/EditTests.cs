using System.Net;
using AngleSharp.Html.Dom;
using Automation.Marketing.Insights;
using Automation.Marketing.Intake;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;

namespace Automation.Console.Tests.Journeys;

/// <summary>A marketer changes a journey: sees mistakes where they are, tries it, sees whom it concerns, publishes,
/// moves them.</summary>
public sealed class EditTests : IClassFixture<OpenShop>
{
    private readonly OpenShop shop;

    public EditTests(OpenShop shop)
    {
        this.shop = shop;
        shop.KeepScenarios("second-purchase.clicks", "win-back.three-touches");
    }

    private const string Edit = "/console/journeys/win-back/edit";

    [Fact]
    public async Task A_mistake_is_shown_at_its_line_and_what_was_typed_stays()
    {
        using var mika = await shop.SignedIn(OpenShop.Marketer);
        var page = await mika.Open("/console/journeys/welcome/edit");
        var area = page.QuerySelector("textarea")!;
        Assert.Equal("json", area.GetAttribute("data-editor"));
        Assert.Equal("journey", area.GetAttribute("data-schema"));
        var broken = Text(page).Replace("\"upTo\"", "\"upToo\"", StringComparison.Ordinal);
        var line = broken.Split('\n').ToList().FindIndex(one => one.Contains("upToo", StringComparison.Ordinal)) + 1;
        using var answer = await mika.Submit(
            page, "/console/journeys/welcome/edit", new() { ["text"] = broken, ["do"] = "check" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        page = await Visitor.Page(answer);
        Assert.Equal(broken, Text(page));
        Assert.Equal("true", page.QuerySelector("textarea")!.GetAttribute("aria-invalid"));
        Assert.Contains($"#line-{line}", page.QuerySelectorAll(".problems a").Select(one => one.GetAttribute("href")));
        Assert.Contains("upToo", page.QuerySelector($"#line-{line}")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task From_a_change_over_its_scenarios_and_whom_it_concerns_to_a_new_customer_in_it()
    {
        using var mika = await shop.SignedIn(OpenShop.Marketer);
        await Late("aoi@example.jp");
        await shop.Product.Get<Tally>().Run();
        var page = await mika.Open(Edit);
        var text = Text(page).Replace("\"3 weeks\"", "\"4 weeks\"", StringComparison.Ordinal);

        using (var tried = await mika.Submit(page, Edit, new() { ["text"] = text, ["do"] = "simulate" }))
        {
            page = await Visitor.Page(tried);
            Assert.Contains("differs", page.QuerySelector("#scenarios")!.ParentElement!.ParentElement!.TextContent,
                StringComparison.Ordinal);
            Assert.Contains("4 weeks later", page.QuerySelector(".sentences")!.TextContent, StringComparison.Ordinal);
        }
        using (var asked = await mika.Submit(page, Edit, new() { ["do"] = "publish" }))
            page = await Visitor.Page(asked);
        Assert.Contains(page.QuerySelectorAll(".diff .gone"),
            one => one.TextContent.Contains("3 weeks later", StringComparison.Ordinal));
        Assert.Contains(page.QuerySelectorAll(".diff .new"),
            one => one.TextContent.Contains("4 weeks later", StringComparison.Ordinal));
        Assert.Contains(
            "1 person in version 1", page.QuerySelector("fieldset.move legend")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("1",
            Assert.IsType<IHtmlSelectElement>(page.QuerySelector("select[name='move.1.1']"), exactMatch: false).Value);

        const string Publish = "/console/journeys/win-back/publish";
        using (var refused = await mika.Submit(page, Publish))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            page = await Visitor.Page(refused);
        }
        Assert.Equal(1, shop.Product.Get<PublishedJourneys>().Latest("win-back")!.Version);
        using (var forbidden = await mika.Post(
            $"{Publish}/force", new() { ["token"] = Token(page), ["text"] = text, ["seen"] = Seen(page) }))
            Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);

        using var owner = await shop.SignedIn();
        using (var silent = await owner.Post($"{Publish}/force", new()
        { ["token"] = Token(await owner.Open(Edit)), ["text"] = text, ["seen"] = Seen(page) }))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, silent.StatusCode);
        using (var published = await owner.Post($"{Publish}/force", new()
        {
            ["why"] = "a quieter autumn",
            ["token"] = Token(await owner.Open(Edit)),
            ["text"] = text,
            ["seen"] = Seen(page),
            ["how.1"] = "move",
            ["move.1.0"] = "0",
            ["move.1.1"] = "1",
        }))
            Assert.Equal("/console/journeys/win-back?done=moving", $"{published.Headers.Location}");
        Assert.Equal(2, shop.Product.Get<PublishedJourneys>().Latest("win-back")!.Version);
        Assert.Contains(
            "a quieter autumn", (await owner.Open("/console/audit")).Body!.TextContent, StringComparison.Ordinal);
        await Until(async () => (await owner.Open("/console/journeys/win-back/move"))
            .QuerySelector("#moves")?.ParentElement?.ParentElement?.TextContent is { } said
            && said.Contains("1 moved", StringComparison.Ordinal) && said.Contains("done", StringComparison.Ordinal));

        await Late("ren@example.jp");
        var rows = (await mika.Open("/console/journeys/win-back/enrollments?state=live")).QuerySelectorAll("tbody tr");
        Assert.Equal(2, rows.Length);
        Assert.All(rows, row => Assert.Equal("2", row.QuerySelector("td:last-child")!.TextContent));
        var versions = await mika.Open("/console/journeys/win-back/versions");
        Assert.Contains(versions.QuerySelectorAll(".diff .new"),
            one => one.TextContent.Contains("4 weeks", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_scenario_whose_new_diary_is_accepted_expects_it_from_then_on()
    {
        using var mika = await shop.SignedIn(OpenShop.Marketer);
        const string Second = "/console/journeys/second-purchase";
        var page = await mika.Open($"{Second}/edit");
        var text = Text(page).Replace("\"interested\"", "\"curious\"", StringComparison.Ordinal);
        using (var asked = await mika.Submit(page, $"{Second}/edit", new() { ["text"] = text, ["do"] = "publish" }))
            page = await Visitor.Page(asked);
        var broken = Assert.Single(page.QuerySelectorAll("input[name=accept]")).GetAttribute("value")!;
        using (var published = await mika.Submit(page, $"{Second}/publish", new() { ["accept"] = broken }))
            Assert.Equal($"{Second}?done=published", $"{published.Headers.Location}");
        Assert.Contains("curious", await File.ReadAllTextAsync(Path.Combine(shop.Folder, $"tests/{broken}.json")),
            StringComparison.Ordinal);
        using var again = await mika.Submit(
            await mika.Open($"{Second}/edit"), $"{Second}/edit", new() { ["do"] = "simulate" });
        Assert.DoesNotContain("differs", (await Visitor.Page(again)).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_changed_meanwhile_is_shown_before_it_is_overwritten()
    {
        using var mika = await shop.SignedIn(OpenShop.Marketer);
        var page = await mika.Open("/console/journeys/welcome/edit");
        using (var asked = await mika.Submit(page, "/console/journeys/welcome/edit", new() { ["do"] = "publish" }))
            page = await Visitor.Page(asked);
        var file = Path.Combine(shop.Folder, "journeys/welcome.json");
        await File.WriteAllTextAsync(file, await File.ReadAllTextAsync(file) + "\n");
        using var refused = await mika.Submit(page, "/console/journeys/welcome/publish");
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
    }

    [Fact]
    public async Task A_new_journey_is_written_from_a_shipped_one_and_published()
    {
        using var mika = await shop.SignedIn(OpenShop.Marketer);
        using var asked = await mika.Get(
            "/console/new-journey?id=anniversary&name=%E8%A8%98%E5%BF%B5%E6%97%A5&template=welcome");
        var page = await mika.Open($"{asked.Headers.Location}");
        Assert.Contains("\"name\": \"記念日\"", Text(page), StringComparison.Ordinal);
        using (var shown = await mika.Submit(page, "/console/journeys/anniversary/edit", new() { ["do"] = "publish" }))
            page = await Visitor.Page(shown);
        using var published = await mika.Submit(page, "/console/journeys/anniversary/publish");
        Assert.Equal("/console/journeys/anniversary?done=published", $"{published.Headers.Location}");
        Assert.Equal("記念日", (await mika.Open("/console/journeys/anniversary")).QuerySelector("h1")!.TextContent);
    }

    private static string Text(IHtmlDocument page) =>
        ((IHtmlTextAreaElement)page.QuerySelector("textarea[name=text]")!).Value;
    private static string Token(IHtmlDocument page) => page.QuerySelector("input[name=token]")!.GetAttribute("value")!;
    private static string Seen(IHtmlDocument page) => page.QuerySelector("input[name=seen]")!.GetAttribute("value")!;

    /// <summary>A regular who has ordered twice is late now.</summary>
    private async Task Late(string email)
    {
        var (now, customers) = (DateTimeOffset.UtcNow, shop.Product.Get<Marketing.Customers.CustomerStore>());
        foreach (var days in (int[])[90, 60])
            await shop.Product.Get<OrderIngestion>().Handle("main", new SourceEvent.OrderUpserted(
                ScenarioOrder.Any.AsOrder(days, now.AddDays(-days), "JPY",
                    default) with
                { Source = "main", Id = $"{email}-{days}", Customer = null },
                new() { Identities = [new(Identity.Email, email)], Email = email, SeenAt = now.AddDays(-days) }));
        var customer = (await customers.FindByIdentity(new(Identity.Email, email)))!.Value;
        await shop.Product.Get<IShopEvents>().Handle(
            new() { Id = $"late:{email}", Type = EventTypes.CustomerLate, At = now, Customer = customer.Id }, customer,
            null, false);
    }

    /// <summary>What is done behind is seen within half a minute.</summary>
    private static async Task Until(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await holds()) await Task.Delay(100, patience.Token);
    }

}

using System.Globalization;
using AngleSharp.Dom;

namespace Automation.Console.Tests;

/// <summary>What <c>serve --demo</c> brings: no page of it is empty.</summary>
[Collection(DemoShop.Name)]
public sealed class DemoPagesTests(DemoShop demo)
{
    [Theory]
    [InlineData("/console", ".rows a[href='/console/attention#chat']")]
    [InlineData("/console/attention", "#chat")]
    [InlineData("/console/chats", "form[action='/console/write-answer']")]
    [InlineData("/console/customers/late", "#regulars, tbody a")]
    [InlineData("/console/segments/weekly", "tbody a")]
    [InlineData("/console/insights", "table.heat td.heat-6")]
    [InlineData("/console/insights", "#newsletters")]
    [InlineData("/console/newsletters/weekly", "tbody a")]
    [InlineData("/console/journeys/second-purchase/enrollments", "tbody a")]
    public async Task Every_page_has_something_to_show(string page, string something)
    {
        using var visitor = await demo.Shop.SignedIn();
        Assert.NotNull((await visitor.Open(page)).QuerySelector(something));
    }

    [Theory]
    [InlineData("welcome", false)]
    [InlineData("second-purchase", true)]
    [InlineData("win-back", true)]
    public async Task Journeys_were_walked_and_some_reached_their_goal(string journey, bool hasGoal)
    {
        using var visitor = await demo.Shop.SignedIn();
        var figures = (await visitor.Open($"/console/journeys/{journey}")).QuerySelectorAll(".figure")
            .ToDictionary(figure => figure.QuerySelector("dt")!.TextContent);
        Assert.True(Number(figures["Entered"]) > 0, journey);
        if (hasGoal) Assert.InRange(Number(figures["Reached the goal"]), 1, Number(figures["Entered"]));
    }

    private static decimal Number(IElement figure) => decimal.Parse(
        figure.QuerySelector("dd")!.FirstChild!.TextContent, CultureInfo.InvariantCulture);
}

using System.Net;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Orders;

namespace Automation.Console.Tests.Customers;

/// <summary>The lists of the night, as pages.</summary>
public sealed class LateTests(People people) : IClassFixture<People>
{
    [Fact]
    public async Task Whoever_is_late_by_their_own_rhythm_is_on_a_page_with_it_and_whoever_became_a_regular_too()
    {
        using var visitor = await people.As(OpenShop.Viewer);
        Assert.Contains("Nobody is late", (await visitor.Open(
            "/console/customers/late")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        // Some hours beyond one and a half times: at the very moment it would be a matter of milliseconds.
        var then = DateTimeOffset.UtcNow.AddHours(-6);
        for (var n = 0; n < 4; n++) await people.Buy("rei", "林", "玲", $"#80{n}", then.AddDays(-90 + 20 * n));
        for (var n = 0; n < 3; n++) await people.Buy("mei", "森", "芽衣", $"#70{n}", then.AddDays(-20 + 9 * n));
        await people.Shop.Product.Get<LatenessScan>().Scan();
        var page = await visitor.Open("/console/customers/late");
        var late = Assert.Single(page.QuerySelectorAll("[aria-labelledby=late] tbody tr")).TextContent;
        Assert.Contains("林 玲", late, StringComparison.Ordinal);
        Assert.Contains("usually every 20 days, now 30", late, StringComparison.Ordinal);
        Assert.Contains("1.5 times", late, StringComparison.Ordinal);
        var regular = Assert.Single(page.QuerySelectorAll("[aria-labelledby=regulars] li"));
        Assert.Equal("森 芽衣", regular.QuerySelector("a")!.TextContent);
        using var wrong = await visitor.Get("/console/customers/late?next=a");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Fact]
    public async Task An_audience_is_shown_with_its_size_once_it_is_counted_and_with_its_members_at_any_time()
    {
        using var visitor = await people.As(OpenShop.Viewer, "ja");
        var before = await visitor.Open("/console/segments");
        Assert.Contains("今夜かぞえます", before.QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
        await people.Shop.Product.Get<Audiences>().Count(default);
        var list = await visitor.Open("/console/segments");
        var line = Assert.Single(list.QuerySelectorAll("tbody tr"));
        Assert.Contains("人", line.TextContent, StringComparison.Ordinal);
        Assert.Equal("/console/segments", list.QuerySelector(".tabs [aria-current=page]")!.GetAttribute("href"));
        var members = await visitor.Open(line.QuerySelector("a")!.GetAttribute("href")!);
        Assert.Contains("佐藤 花子", members.QuerySelector("tbody")!.TextContent, StringComparison.Ordinal);
        using var unknown = await visitor.Get("/console/segments/no-such");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }
}

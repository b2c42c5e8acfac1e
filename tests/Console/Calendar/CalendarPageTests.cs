using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using Automation.Marketing.Shop;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Console.Tests.Calendar;

/// <summary>Eight weeks at a glance, and what can be done to a slot.</summary>
public sealed class CalendarPageTests(OpenShop shop) : IClassFixture<OpenShop>
{
    [Fact]
    public async Task Eight_weeks_from_Monday_to_Sunday_with_every_slot_of_the_series()
    {
        using var visitor = await shop.SignedIn(OpenShop.Viewer, "ja");
        var page = await visitor.Open("/console/calendar");
        Assert.Equal(
            ["月", "火", "水", "木", "金", "土", "日"], page.QuerySelectorAll("thead th").Select(head => head.TextContent));
        Assert.Equal(8, page.QuerySelectorAll("tbody tr").Length);
        Assert.Equal(56, page.QuerySelectorAll("tbody td").Length);
        Assert.InRange(page.QuerySelectorAll(".slot").Length, 7, 9);
        Assert.Single(page.QuerySelectorAll("td[aria-current=date]"));
        Assert.Empty(page.QuerySelectorAll(".slot-actions"));
    }

    [Fact]
    public async Task Holidays_stand_on_their_days()
    {
        using var visitor = await shop.SignedIn(OpenShop.Viewer);
        var page = await visitor.Open("/console/calendar");
        var kept = shop.Product.Services.GetRequiredService<CurrentShop>().Settings.Holidays;
        var expected = page.QuerySelectorAll("td time[datetime]:first-child")
            .Select(time => time.GetAttribute("datetime")!).Where(day => day.Length == 10)
            .Select(day => kept.Name(DateOnly.Parse(day, CultureInfo.InvariantCulture))).OfType<string>();
        Assert.Equal(expected, page.QuerySelectorAll(".holiday").Select(holiday => holiday.TextContent));
    }

    [Theory]
    [InlineData("ja", "おひとりへのご案内メールは、7日に2通まで。")]
    [InlineData("en", "At most 2 marketing mails to one customer within 7 days.")]
    public async Task The_plan_stands_below_in_words(string language, string cap)
    {
        using var visitor = await shop.SignedIn(OpenShop.Viewer, language);
        var page = await visitor.Open("/console/calendar");
        Assert.Contains(page.QuerySelectorAll("li"), rule => rule.TextContent == cap);
    }

    [Fact]
    public async Task A_slot_is_skipped_and_that_is_taken_back()
    {
        using var visitor = await shop.SignedIn(OpenShop.Marketer);
        var page = await visitor.Open("/console/calendar");
        var skip = page.QuerySelectorAll("form")
            .Last(form => form.GetAttribute("action")!.EndsWith("/do/cancel", StringComparison.Ordinal));
        var action = skip.GetAttribute("action")!;
        using var skipped = await visitor.Submit(page, action);
        Assert.Equal("/console/calendar?done=cancel", $"{skipped.Headers.Location}");
        var after = await visitor.Open("/console/calendar?done=cancel");
        Assert.Contains("skipped", after.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
        var back = action.Replace("/do/cancel", "/do/resume", StringComparison.Ordinal);
        using var restored = await visitor.Submit(after, back);
        Assert.Equal(HttpStatusCode.SeeOther, restored.StatusCode);
        Assert.Contains((await visitor.Open("/console/calendar")).QuerySelectorAll("form"), form =>
            form.GetAttribute("action") == action);
    }
}

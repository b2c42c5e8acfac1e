using System.Net;
using AngleSharp.Html.Dom;
using Automation.Console.Tests.Browser;
using Automation.DurableTask.Embedded;
using Automation.Functions.Demo;
using Automation.Marketing;
using Automation.Marketing.Replays;
using Automation.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Console.Tests.Replays;

/// <summary>A shop with some hundred imagined customers, whose year lies in its tables.</summary>
public sealed class ShopWithAPast : IAsyncLifetime
{
    public OpenShop Shop { get; } = new();

    public async Task InitializeAsync()
    {
        await Shop.InitializeAsync();
        await new DemoYear(Shop.Product.Services, "main").Write(300, _ => { }, default);
        // Whoever was due by now has got their mail.
        await Shop.Product.Get<EmbeddedTaskHub>().WaitForIdleAsync();
    }

    public async Task DisposeAsync()
    {
        await Shop.DisposeAsync();
        Shop.Dispose();
    }
}

/// <summary>A marketer sees before publishing what a draft would have done in the last weeks.</summary>
[Trait("Needs", "Chromium")]
public sealed class ReplayTests(ShopWithAPast past, Chromium chromium)
    : IClassFixture<ShopWithAPast>, IClassFixture<Chromium>
{
    private const string Place = "/console/replay", Second = "journeys/second-purchase.json";

    private OpenShop Shop => past.Shop;

    [Fact]
    public async Task A_draft_is_played_against_the_shop_as_published_and_nothing_is_sent_or_changed()
    {
        using var mika = await Shop.SignedIn(OpenShop.Marketer);
        var (mails, rows) = (Outbox(), await Rows());
        var page = await mika.Open($"{Place}?file={Second}");
        var text = ((IHtmlTextAreaElement)page.QuerySelector("#text")!).Value;
        // Nobody is asked how it is any more.
        var draft = text.Replace(
            "\"for\": \"14 days\"", "\"for\": \"200 days\"", StringComparison.Ordinal);
        Assert.NotEqual(text, draft);
        using var begun = await mika.Submit(page, Place, new() { ["text"] = draft, ["days"] = "60" });
        Assert.Equal($"{Place}?done=begun", $"{begun.Headers.Location}");
        page = await Until(mika, page => page.QuerySelector("#replay[data-refresh]") is null);
        Assert.Contains("done", page.QuerySelector("#replay .badge")!.TextContent, StringComparison.Ordinal);
        var row = page.QuerySelectorAll("tbody tr").First(row => row.QuerySelector("th")!.TextContent.StartsWith(
            "second-purchase/how-is-it ", StringComparison.Ordinal));
        var sent = row.QuerySelectorAll("td").Select(cell => int.Parse(
            cell.TextContent, System.Globalization.NumberStyles.Number,
            System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.True(sent is [_, > 0, 0], string.Join(' ', sent));
        Assert.NotEmpty(page.QuerySelectorAll("a[href^='/console/customers/']:not(nav a)"));
        Assert.Equal(mails, Outbox());
        Assert.Equal(rows, await Rows());
        Assert.Equal(text, await File.ReadAllTextAsync(Path.Combine(Shop.Folder, Second)));
    }

    [Fact]
    public async Task As_published_the_shop_is_played_alone_and_what_went_stands_beside_it()
    {
        using var api = Shop.Api(OpenShop.Marketer);
        using var begun = await api.PostAsync(
            new Uri("/api/replay", UriKind.Relative),
            new StringContent("""{"days":30}""", System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.Accepted, begun.StatusCode);
        using var kenji = await Shop.SignedIn(OpenShop.Viewer, "ja");
        var page = await Until(kenji, page => page.QuerySelector("#replay[data-refresh]") is null);
        var heads = page.QuerySelectorAll("#mails").Single().ParentElement!.ParentElement!.QuerySelectorAll("thead th");
        Assert.Equal(["メール", "実際", "公開中の設定"], heads.Select(one => one.TextContent));
        // Whoever only looks begins nothing.
        Assert.Null(page.QuerySelector("form[action='/console/replay'][method=post]"));
        using var refused = await kenji.Post(Place, new() { ["days"] = "30" });
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task A_draft_with_a_mistake_is_not_played_and_stays_in_the_form()
    {
        using var mika = await Shop.SignedIn(OpenShop.Marketer);
        var page = await mika.Open($"{Place}?file={Second}");
        using var refused = await mika.Submit(page, Place, new() { ["text"] = "{ \"name\": 3 }\n" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var again = await Visitor.Page(refused);
        Assert.NotNull(again.QuerySelector("[role=alert] li"));
        Assert.Contains("\"name\": 3", again.QuerySelector("#text")!.TextContent, StringComparison.Ordinal);
        using var days = await mika.Submit(page, Place, new() { ["days"] = "0" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, days.StatusCode);
    }

    [Fact]
    public async Task One_at_a_time_and_it_ends_when_it_is_called_off()
    {
        using var mika = await Shop.SignedIn(OpenShop.Marketer, "ja");
        var page = await mika.Open(Place);
        using var begun = await mika.Submit(page, Place, new() { ["days"] = "365" });
        Assert.Equal(HttpStatusCode.SeeOther, begun.StatusCode);
        using var second = await mika.Submit(page, Place, new() { ["days"] = "30" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, second.StatusCode);
        page = await mika.Open(Place);
        Assert.NotNull(page.QuerySelector("noscript"));
        using var ended = await mika.Submit(page, $"{Place}/stop");
        Assert.Equal($"{Place}?done=stopped", $"{ended.Headers.Location}");
        page = await Until(mika, page => page.QuerySelector("#replay[data-refresh]") is null);
        Assert.Contains("中止しました", page.QuerySelector("#replay .badge")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateDirectories(Path.GetDirectoryName(Shop.Folder)!, ".backup-*"));
    }

    [Fact]
    public async Task What_a_restart_cut_off_says_so_and_another_may_begin()
    {
        var store = Shop.Product.Services.GetRequiredService<ReplayStore>();
        using var mika = await Shop.SignedIn(OpenShop.Marketer);
        await Until(mika, page => page.QuerySelector("#replay[data-refresh]") is null);
        var left = new Replay
        {
            Id = "of-a-process-that-is-gone",
            By = "mika",
            StartedAt = DateTimeOffset.UtcNow,
            Days = 30,
            Process = "gone",
            Stage = ReplayStage.Draft,
            At = DateTimeOffset.UtcNow,
        };
        Assert.True(await store.Put(left, await store.Find()));
        var page = await mika.Open(Place);
        Assert.Contains("cut off", page.QuerySelector("#replay .badge")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("restarted", page.QuerySelector("#replay")!.TextContent, StringComparison.Ordinal);
        using var begun = await mika.Submit(page, Place, new() { ["days"] = "1" });
        Assert.Equal(HttpStatusCode.SeeOther, begun.StatusCode);
        await Until(mika, page => page.QuerySelector("#replay[data-refresh]") is null);
    }

    [Theory]
    [InlineData("ja", 1280, false)]
    [InlineData("en", 390, true)]
    public async Task With_a_script_the_page_follows_it_and_shows_the_result_by_itself(
        string language, int width, bool isDark)
    {
        var look = new Browser.Look(language, width, isDark, true);
        var page = await Shop.Window(chromium, look);
        await page.GotoAsync("/console/journeys/second-purchase/edit");
        await page.Locator(".cm-content").WaitForAsync();
        await page.EvaluateAsync("""
            () => {
              const text = document.querySelector("textarea[name=text]");
              text.value = text.value.replace('"14 days"', '"10 days"');
            }
            """);
        await Chromium.Photograph(page, $"replay-from-editor-{look}");
        await page.Locator("button[formaction='/console/replay']").ClickAsync();
        await Chromium.Arrived(page, "/console/replay?done=begun");
        await Chromium.Photograph(page, $"replay-running-{look}");
        await page.Locator("#result").WaitForAsync(new() { Timeout = 240_000 });
        await Chromium.Photograph(page, $"replay-done-{look}");
        Assert.Equal(0, await Chromium.TooWide(page));
        await page.Context.CloseAsync();
    }

    private static async Task<IHtmlDocument> Until(Visitor visitor, Func<IHtmlDocument, bool> holds)
    {
        for (var tries = 0; ; tries++)
        {
            var page = await visitor.Open(Place);
            if (holds(page)) return page;
            Assert.True(tries < 900, page.QuerySelector("#replay")?.TextContent);
            await Task.Delay(100);
        }
    }

    private int Outbox() => Directory.Exists(Shop.Outbox) ? Directory.GetFiles(Shop.Outbox, "*.eml").Length : 0;

    /// <summary>How many rows there are of customers, orders and timelines.</summary>
    private async Task<(int, int, int)> Rows()
    {
        var tables = Shop.Product.Services.GetRequiredService<Tables>();
        return (await Count(tables.Customers), await Count(tables.Orders), await Count(tables.Timeline));
    }

    private static async Task<int> Count(Table table)
    {
        var rows = 0;
        await foreach (var _ in table.Query(new TableQuery())) rows++;
        return rows;
    }
}

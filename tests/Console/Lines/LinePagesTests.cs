using System.Net;

namespace Automation.Console.Tests.Lines;

/// <summary>LINE texts as a marketer looks at them.</summary>
public sealed class LinePagesTests(OpenShop shop) : IClassFixture<OpenShop>
{
    private const string Text = "/console/lines/second-purchase/how-is-it";

    [Fact]
    public async Task Texts_stand_below_the_mails_and_each_is_shown_as_a_bubble()
    {
        using var visitor = await shop.SignedIn(OpenShop.Viewer);
        var list = await visitor.Open("/console/mails");
        Assert.NotNull(list.QuerySelector($"a[href='{Text}']"));
        var page = await visitor.Open(Text);
        var frame = page.QuerySelector("iframe")!;
        Assert.Equal("", frame.GetAttribute("sandbox"));
        using var shown = await visitor.Get(frame.GetAttribute("src")!);
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        Assert.Contains("default-src 'none'", Assert.Single(shown.Headers.GetValues("Content-Security-Policy")),
            StringComparison.Ordinal);
        var html = WebUtility.HtmlDecode(await shown.Content.ReadAsStringAsync());
        Assert.All(["佐藤 様", "店の覚え書きを読む", "淹れ方を知りたい", "その後、いかがでしょうか"],
            said => Assert.Contains(said, html, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_and_nothing_are_said()
    {
        using var visitor = await shop.SignedIn(OpenShop.Viewer, "en");
        using var nobody = await visitor.Get(
            "/console/preview/line/second-purchase/how-is-it?who=ffffffffffffffffffffffff");
        Assert.Contains(
            "There is no such customer.", await nobody.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var nothing = await visitor.Get("/console/lines/nothing");
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
    }

    [Fact]
    public async Task A_text_is_written_shown_as_typed_and_published()
    {
        using var mika = await shop.SignedIn(OpenShop.Marketer, "ja");
        using var begun = await mika.Get("/console/mails?new=seasonal/hello&on=line");
        Assert.Equal("/console/lines/seasonal/hello?edit=1", $"{begun.Headers.Location}");
        var page = await mika.Open("/console/lines/seasonal/hello?edit=1");
        const string text = "---\nalt: 新茶が届きました\n---\n{{customer.salutation}}\n\n今年の新茶です。\n";
        using var shown = await mika.Submit(
            page, "/console/lines/seasonal/hello", "/console/preview/line/seasonal/hello", new() { ["text"] = text });
        Assert.Contains(
            "今年の新茶です。", WebUtility.HtmlDecode(await shown.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        using var wrong = await mika.Submit(
            page, "/console/lines/seasonal/hello", new() { ["text"] = "---\nalt: x\n---\n{{customer.familyNam}}\n" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.NotNull((await Visitor.Page(wrong)).QuerySelector("[role=alert] li"));
        using var saved = await mika.Submit(page, "/console/lines/seasonal/hello", new() { ["text"] = text });
        Assert.Equal("/console/lines/seasonal/hello?done=saved", $"{saved.Headers.Location}");
        Assert.NotNull((await mika.Open("/console/mails")).QuerySelector("a[href='/console/lines/seasonal/hello']"));
    }
}

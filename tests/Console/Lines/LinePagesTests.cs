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
}

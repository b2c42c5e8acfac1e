using System.Net;
using AngleSharp.Html.Dom;

namespace Automation.Console.Tests.Access;

/// <summary>Where somebody is signed in, and how that ends.</summary>
public sealed class OpenSessionTests : IAsyncLifetime, IDisposable
{
    private readonly OpenShop shop = new();

    public Task InitializeAsync() => shop.InitializeAsync();
    public Task DisposeAsync() => shop.DisposeAsync();
    public void Dispose() => shop.Dispose();

    private static string[] Names(IHtmlDocument page) =>
        [.. page.QuerySelectorAll("tbody th").Select(name => name.TextContent).Order(StringComparer.Ordinal)];

    [Fact]
    public async Task One_sees_ones_own_sessions_and_ends_the_one_left_open_elsewhere()
    {
        using var here = await shop.SignedIn(OpenShop.Marketer);
        using var elsewhere = await shop.SignedIn(OpenShop.Marketer);
        using var other = await shop.SignedIn(OpenShop.Viewer);
        var page = await here.Open("/console/sessions");
        Assert.Equal(["mika", "mika"], Names(page));
        Assert.Single(page.QuerySelectorAll("form[action='/console/sessions/end']"));
        using var ended = await here.Submit(page, "/console/sessions/end");
        Assert.Equal(HttpStatusCode.SeeOther, ended.StatusCode);
        using var late = await elsewhere.Get("/console");
        Assert.StartsWith("/console/login", $"{late.Headers.Location}", StringComparison.Ordinal);
        Assert.Equal(["mika"], Names(await here.Open("/console/sessions")));
        await other.Open("/console");
    }

    [Fact]
    public async Task An_operator_ends_anybodys_and_others_end_only_their_own()
    {
        using var owner = await shop.SignedIn();
        using var marketer = await shop.SignedIn(OpenShop.Marketer);
        using var viewer = await shop.SignedIn(OpenShop.Viewer);
        var all = await owner.Open("/console/sessions");
        Assert.Equal(["kenji", "mika", "owner"], Names(all));
        var ids = all.QuerySelectorAll("tbody tr").ToDictionary(
            row => row.QuerySelector("th")!.TextContent,
            row => row.QuerySelector("input[name=session]")?.GetAttribute("value"));
        Assert.Null(ids["owner"]);

        var token = (await viewer.Open("/console")).QuerySelector("input[name=token]")!.GetAttribute("value")!;
        using var tried = await viewer.Post(
            "/console/sessions/end", new() { ["token"] = token, ["session"] = ids["mika"]! });
        Assert.Equal("/console/sessions?done=gone", $"{tried.Headers.Location}");
        await marketer.Open("/console");

        token = all.QuerySelector("input[name=token]")!.GetAttribute("value")!;
        using var ended = await owner.Post(
            "/console/sessions/end", new() { ["token"] = token, ["session"] = ids["mika"]! });
        Assert.Equal("/console/sessions?done=ended", $"{ended.Headers.Location}");
        using var late = await marketer.Get("/console");
        Assert.Equal(HttpStatusCode.SeeOther, late.StatusCode);
        await viewer.Open("/console");
    }
}

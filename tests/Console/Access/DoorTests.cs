using System.Net;
using System.Reflection;
using Automation.Functions.Console;
using Automation.Functions.Hosting;
using Automation.Functions.Http;
using Automation.Marketing.Access;

namespace Automation.Console.Tests.Access;

/// <summary>Every page and every form of the console, whether somebody thought of its door or not.</summary>
public sealed class DoorTests(OpenShop shop) : IClassFixture<OpenShop>
{
    private static readonly string[] Open = ["ConsoleSignIn", "ConsoleOpenSession", "ConsoleSetLanguage",
        "ConsoleGetAsset"];

    private static async Task<IReadOnlyList<(ListedFunction Function, Trigger.Http Http)>> Doors() =>
        [.. from function in await FunctionCatalog.Read()
            let http = function.Trigger as Trigger.Http
            where http is not null && HttpRoutes.IsConsole(http.Route)
            select (function, http)];

    /// <summary>The route with something in its places.</summary>
    private static string Address(Trigger.Http http) =>
        $"/{string.Join('/', http.Route.Split('/').Select(part => part.StartsWith('{') ? "x" : part))}";

    [Fact]
    public async Task Only_signing_in_and_what_it_takes_to_show_that_page_is_open() =>
        Assert.Equal(
            Open.Order(StringComparer.Ordinal),
            (await Doors()).Where(door => door.Function.Method.IsDefined(typeof(OpenAttribute)))
                .Select(door => door.Function.Name).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Without_a_session_every_other_door_leads_to_signing_in()
    {
        using var visitor = shop.Visitor();
        foreach (var (function, http) in await Doors())
        {
            if (Open.Contains(function.Name)) continue;
            foreach (var method in http.Methods.Where(method => method != "HEAD"))
            {
                using var answer =
                    method == "GET" ? await visitor.Get(Address(http)) : await visitor.Post(Address(http), []);
                Assert.True(
                    answer.StatusCode == HttpStatusCode.SeeOther
                    && $"{answer.Headers.Location}".StartsWith("/console/login", StringComparison.Ordinal),
                    $"{method} {http.Route} answered {answer.StatusCode}");
            }
        }
    }

    [Fact]
    public async Task A_viewer_can_post_nothing_but_the_end_of_the_session()
    {
        using var visitor = await shop.SignedIn(OpenShop.Viewer);
        var token = (await visitor.Open("/console")).QuerySelector("input[name=token]")!.GetAttribute("value")!;
        foreach (var (function, http) in await Doors())
        {
            if (!http.Methods.Contains("POST") || Open.Contains(function.Name)
                || function.Name == "ConsoleCloseSession") continue;
            if (function.Method.GetCustomAttribute<NeedsAttribute>() is { Role: Role.Viewer }) continue;
            using var answer = await visitor.Post(Address(http), new() { ["token"] = token });
            Assert.True(
                answer.StatusCode == HttpStatusCode.Forbidden, $"POST {http.Route} answered {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task Every_page_has_the_headers_that_keep_it_to_itself()
    {
        using var visitor = await shop.SignedIn();
        foreach (var (_, http) in await Doors())
        {
            if (!http.Methods.Contains("GET") || http.Route.Contains('{', StringComparison.Ordinal)) continue;
            using var answer = await visitor.Get(Address(http));
            Assert.True((int)answer.StatusCode < 500, $"{http.Route} answered {answer.StatusCode}");
            if (answer.Content.Headers.ContentType?.MediaType != "text/html") continue;
            Assert.Equal("utf-8", answer.Content.Headers.ContentType.CharSet);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.True(answer.Headers.CacheControl!.NoStore, http.Route);
            Assert.Contains("default-src 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_somebody_types_is_shown_as_text()
    {
        using var visitor = shop.Visitor();
        var page = await visitor.Open("/console/login?back=%22%3E%3Cscript%3Ealert(1)%3C/script%3E");
        Assert.Empty(page.QuerySelectorAll("script:not([src])"));
        Assert.Equal("\"><script>alert(1)</script>", page.QuerySelector("input[name=back]")!.GetAttribute("value"));
    }
}

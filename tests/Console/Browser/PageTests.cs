using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Automation.Console.Tests.Browser;

/// <summary>Every page in a real browser: it fits, says what it is, and leaves nobody out.</summary>
public sealed class PageTests(Chromium chromium, OpenShop shop) : IClassFixture<Chromium>, IClassFixture<OpenShop>
{
    public static TheoryData<string> Pages =>
    [
        "/console", "/console/insights", "/console/attention", "/console/audit", "/console/setup",
        "/console/journeys", "/console/journeys/second-purchase", "/console/journeys/win-back/enrollments",
        "/console/journeys/win-back/versions", "/console/journeys/win-back/edit", "/console/journeys/win-back/move",
        "/console/new-journey", "/console/simulator",
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Every_page_fits_a_phone_and_a_desk_in_both_languages_and_axe_finds_nothing_serious(string path)
    {
        foreach (var look in (Look[])[new("ja", 1280), new("ja", 390), new("en", 390, IsDark: true),
            new("en", 1280, HasScript: false)])
        {
            var page = await chromium.SignedIn(shop, look);
            var answer = await page.GotoAsync(path);
            Assert.Equal(200, answer!.Status);
            await Chromium.Photograph(page, $"{path.Trim('/').Replace('/', '-')}-{look}");
            Assert.Equal(look.Language, await page.Locator("html").GetAttributeAsync("lang"));
            Assert.Equal(1, await page.Locator("h1").CountAsync());
            if (look.HasScript)
            {
                var over = await page.EvaluateAsync<int>(
                    "document.documentElement.scrollWidth - document.documentElement.clientWidth");
                Assert.True(over <= 0, $"{path} {look}: {over} px too wide");
                Assert.Equal("", await Mistakes(page, path, look));
            }
            await page.Context.CloseAsync();
        }
    }

    /// <summary>What axe finds that keeps somebody out.</summary>
    private static async Task<string> Mistakes(IPage page, string path, Look look)
    {
        var found = await page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        return string.Join('\n', from violation in found.Violations
                                 where violation.Impact is "serious" or "critical"
                                 from node in violation.Nodes
                                 select $"{path} {look}: {violation.Id}: {violation.Help}: {node.Html}");
    }
}

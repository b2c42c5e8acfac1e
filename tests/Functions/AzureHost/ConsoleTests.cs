using Automation.Console.Tests.Browser;
using Automation.Functions.Tests.WholeThing;
using Automation.Storage.Tests.Azure;
using static Microsoft.Playwright.Assertions;

namespace Automation.Functions.Tests.AzureHost;

/// <summary>The console in a real browser, served by the published worker through the host.</summary>
[Long(35)]
[Trait("Needs", "Azurite"), Trait("Needs", "Chromium")]
public sealed class ConsoleTests(Azurite azurite, Chromium chromium) : IClassFixture<Azurite>, IClassFixture<Chromium>
{
    private const string Key = "the-key-of-the-console-on-azure";

    [Fact]
    public async Task Signing_in_pages_forms_and_signing_out_work_through_the_host_as_they_do_on_one_machine()
    {
        await using var sink = await ProviderSink.Start();
        await using var host = await FunctionsHost.Start(
            await PublishedApp.Folder(), azurite.ConnectionString, AzureSettings.With(new()
            {
                ["Shop__Folder"] = TestShop.Write(),
                ["SendGrid__BaseUrl"] = sink.Url,
                ["Api__Key"] = Key,
            }));
        var page = await chromium.Open(host.Address, new("ja", 390));
        await page.GotoAsync("/console/attention");
        await Chromium.Arrived(page, "/console/login?back=%2Fconsole%2Fattention");
        await page.Locator("#key").FillAsync(Key);
        await page.Locator("form button").ClickAsync();
        await Chromium.Arrived(page, "/console/attention");

        foreach (var path in (string[])["/console", "/console/insights", "/console/setup"])
        {
            await page.GotoAsync(path);
            await Expect(page.Locator("h1")).ToHaveCountAsync(1);
            await Expect(page.Locator("nav a[aria-current=page]")).ToHaveAttributeAsync("href", path);
            await Expect(page.Locator(".figures-row, .facts").First).ToHaveCSSAsync("display", "grid");
            await Chromium.Photograph(page, $"azure{path.Replace('/', '-')}");
        }

        await page.Locator("form[action='/console/setup/test-webhook'] button").First.ClickAsync();
        await Expect(page.Locator(".notice[role]")).ToHaveCountAsync(1);

        await page.Locator("form[action='/console/logout'] button").ClickAsync();
        await Expect(page.Locator("#key")).ToHaveCountAsync(1);
        await page.GotoAsync("/console");
        await Chromium.Arrived(page, "/console/login?back=%2Fconsole");
        await page.Context.CloseAsync();
    }
}

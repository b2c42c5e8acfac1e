using Automation.Functions.Tests.Browser;
using Automation.Functions.Tests.WholeThing;
using Automation.Storage.Tests.Azure;
using OpenQA.Selenium;
using OpenQA.Selenium.Support.UI;

namespace Automation.Functions.Tests.AzureHost;

/// <summary>The console in a real browser, served by the published worker through the host.</summary>
[Long(35)]
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
        var browser = chromium.Driver;
        browser.Navigate().GoToUrl(new Uri(host.Address, "/console/attention"));
        Assert.Contains("/console/login", browser.Url, StringComparison.Ordinal);
        browser.FindElement(By.Id("key")).SendKeys(Key);
        browser.FindElement(By.CssSelector("form button")).Click();
        Waits(() => browser.Url.EndsWith("/console/attention", StringComparison.Ordinal));

        foreach (var page in (string[])["/console", "/console/insights", "/console/setup"])
        {
            browser.Navigate().GoToUrl(new Uri(host.Address, page));
            Assert.Single(browser.FindElements(By.TagName("h1")));
            Assert.Equal(page, browser.FindElement(By.CssSelector("nav a[aria-current=page]")).GetDomAttribute("href"));
            Assert.Equal("grid", browser.FindElement(By.CssSelector(".figures-row, .facts")).GetCssValue("display"));
            chromium.Photograph($"azure{page.Replace('/', '-')}");
        }

        browser.FindElement(By.CssSelector("form[action='/console/setup/test-webhook'] button")).Click();
        Waits(() => browser.FindElements(By.CssSelector(".notice[role]")).Count == 1);

        browser.FindElement(By.CssSelector("form[action='/console/logout'] button")).Click();
        Waits(() => browser.FindElements(By.Id("key")).Count == 1);
        browser.Navigate().GoToUrl(new Uri(host.Address, "/console"));
        Assert.Contains("/console/login", browser.Url, StringComparison.Ordinal);

        void Waits(Func<bool> until) => new WebDriverWait(browser, TimeSpan.FromSeconds(20)).Until(_ => until());
    }
}

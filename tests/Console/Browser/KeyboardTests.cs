using System.Globalization;
using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.People;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Automation.Console.Tests.Browser;

/// <summary>What cannot be taken back is done with the keyboard alone: Tab to where it is, Enter, and no
/// mouse.</summary>
[Trait("Needs", "Chromium")]
public sealed class KeyboardTests(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime, IDisposable
{
    private readonly OpenShop shop = new();

    /// <summary>Without quiet hours: the tests run at any hour.</summary>
    public async Task InitializeAsync()
    {
        await shop.InitializeAsync();
        shop.KeepScenarios("win-back");
        await shop.Change("shop.json", text =>
            text.Replace("""  "quietHours": { "from": "21:00", "to": "08:00" },""", "", StringComparison.Ordinal));
        Assertions.SetDefaultExpectTimeout(120_000);
    }

    public Task DisposeAsync() => shop.DisposeAsync();
    public void Dispose() => shop.Dispose();

    [Fact]
    public async Task A_journey_is_changed_and_published()
    {
        var page = await Open("/console/journeys/win-back/edit");
        await Tab(page, page.Locator(".cm-content"));
        await page.Keyboard.PressAsync("Control+a");
        var text = await File.ReadAllTextAsync(Path.Combine(shop.Folder, "journeys/win-back.json"));
        await page.Keyboard.InsertTextAsync(
            text.Replace("ごぶさたのお客様へ", "お久しぶりのお客様へ", StringComparison.Ordinal));
        await Press(page, page.GetByRole(AriaRole.Button, new() { Name = "Go on to publish" }));
        await Expect(page.Locator("h1")).ToHaveTextAsync("Before it is published");
        await Press(page, page.GetByRole(AriaRole.Button, new() { Name = "Publish", Exact = true }));
        await Chromium.Arrived(page, "/console/journeys/win-back?done=published");
        var now = shop.Product.Get<PublishedJourneys>().Latest("win-back")!;
        Assert.Equal("お久しぶりのお客様へ", now.Journey.Name);
        Assert.Equal(2, now.Version);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task An_issue_is_written_and_sent()
    {
        await Reader("yuki@example.jp");
        var page = await Open("/console/newsletters/weekly");
        var open = page.Locator("li", new() { Has = page.Locator(".badge", new() { HasText = "no issue yet" }) });
        var address = (await open.First.Locator("a").First.GetAttributeAsync("href"))!;
        await page.GotoAsync($"{address}/edit");
        await Tab(page, page.Locator(".cm-content"));
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.InsertTextAsync("---\nsubject: 冬のほうじ茶\n---\n{{customer.salutation}}\n\nお便りです。\n");
        await Press(page, page.Locator("button[name=do][value=save]"));
        await Chromium.Arrived(page, $"{address}?done=saved");
        await Press(page, page.Locator($"a[href^='{address}?ask=1']").First);
        await Press(page, page.GetByRole(AriaRole.Button, new() { Name = "Confirm and send now" }));
        await Chromium.Arrived(page, $"{address}?done=confirm");
        await Expect(page.Locator("main .badge").First).ToHaveTextAsync("sent", new() { Timeout = 60_000 });
        var day = DateOnly.ParseExact(address.Split('/')[^1], "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var issue = (await shop.Product.Get<IssueStore>().Find(new("weekly", day)))!.Value;
        Assert.Equal(IssueState.Sent, issue.State);
        Assert.Single(Directory.EnumerateFiles(shop.Outbox, "*.eml"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_customer_is_erased()
    {
        var id = await Reader("sora@example.jp");
        var page = await Open($"/console/customers/{id}");
        await Press(page, page.Locator("a[href$='/erase']"));
        await Expect(page.Locator("form h2")).ToContainTextAsync("Erase");
        await Press(page, page.GetByRole(AriaRole.Button, new() { Name = "Erase", Exact = true }));
        await Chromium.Arrived(page, "/console/customers?done=erased");
        Assert.NotNull((await shop.Product.Get<CustomerStore>().Find(id))!.Value.ErasedAt);
        await page.Context.CloseAsync();
    }

    private async Task<IPage> Open(string path)
    {
        var page = await shop.Window(chromium, new("en", 1280));
        // Publishing plays scenarios, on a machine that may be busy with other tests.
        page.SetDefaultTimeout(180_000);
        await page.GotoAsync(path);
        return page;
    }

    private async Task<CustomerId> Reader(string email)
    {
        var customers = shop.Product.Get<CustomerStore>();
        var buyer = new Buyer { Identities = [new Identity(Identity.Email, email)], Email = email };
        await customers.Recognise(buyer, $"test|{email}", customer => customer with { Email = email });
        var id = (await customers.FindByIdentity(new Identity(Identity.Email, email)))!.Value.Id;
        await shop.Product.Get<ConsentService>().Record(
            id, "email", new ConsentRecord(ConsentState.Given, DateTimeOffset.UtcNow, "checkout"));
        return id;
    }

    private static async Task Press(IPage page, ILocator what)
    {
        await Tab(page, what);
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Tab until that has the focus, from wherever it is; an editor is left as it says, by Escape
    /// first.</summary>
    private static async Task Tab(IPage page, ILocator to)
    {
        await Expect(to).ToBeVisibleAsync();
        List<string> met = [];
        while (!await to.EvaluateAsync<bool>("one => one === one.getRootNode().activeElement"))
        {
            Assert.True(
                met.Count < 150, $"{await to.TextContentAsync()} is not reached by Tab: {string.Join(" ", met)}");
            await page.Keyboard.PressAsync("Escape");
            await page.Keyboard.PressAsync("Tab");
            met.Add(await page.EvaluateAsync<string>(
                "(one => `${one.tagName}.${one.className}`)(document.activeElement)"));
        }
    }
}

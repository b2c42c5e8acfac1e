using Automation.Console.Tests.Browser;
using Automation.Functions.Hosting;
using Automation.Functions.Tests.Hosting;
using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Automation.Functions.Tests.Browser;

/// <summary>The page behind the link below each marketing mail, as a customer's browser shows it.</summary>
[Trait("Needs", "Chromium")]
public sealed class UnsubscribeTests(
    Chromium chromium, RunningShop shop) : IClassFixture<Chromium>, IClassFixture<RunningShop>
{
    private static readonly Look Phone = new("ja", 390);

    [Fact]
    public async Task Opening_the_link_changes_nothing_and_the_button_stops_everything_at_once()
    {
        var (customer, link) = await Link("stop@example.jp", "9101");
        var page = await chromium.Open(shop.Address, Phone);
        await page.GotoAsync(link);
        Assert.Equal(ConsentState.Given, await State(customer));

        await Chromium.Photograph(page, "settings");
        await Press(page, "stop", shows: "again");
        Assert.Contains("停止しました", await page.Locator("h1").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(ConsentState.Withdrawn, await State(customer));
        Assert.Empty(await page.Context.CookiesAsync());
        await Chromium.Photograph(page, "stopped");

        await Press(page, "again", shows: "stop");
        Assert.Equal(ConsentState.Given, await State(customer));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Less_can_be_chosen_instead_and_is_shown_as_chosen()
    {
        var (customer, link) = await Link("less@example.jp", "9102");
        var page = await chromium.Open(shop.Address, Phone);
        await page.GotoAsync(link);
        await Press(page, "monthly", shows: "all");
        await Press(page, "pause", shows: "resume");
        await Expect(page.Locator("[role=status]")).ToBeVisibleAsync();
        Assert.Equal(["stop", "all", "resume"], await page.Locator("button[name=choice]:not([value=address])")
            .EvaluateAllAsync<string[]>("buttons => buttons.map(button => button.value)"));
        await Chromium.Photograph(page, "less");
        var chosen = (await shop.Product.Get<CustomerStore>().Find(customer))!.Value;
        Assert.True(chosen.Preferences!.Monthly);
        Assert.True(chosen.Preferences.PausedUntil > DateTimeOffset.UtcNow.AddDays(29));
        Assert.Equal(ConsentState.Given, chosen.Consent["email"].State);
        Assert.Equal(0, await Chromium.TooWide(page));
        await page.Context.CloseAsync();
    }

    /// <summary>Presses a button and waits for the page that has the other.</summary>
    private static async Task Press(IPage page, string choice, string shows)
    {
        await Button(choice).ClickAsync();
        await Expect(Button(shows)).ToBeVisibleAsync();

        ILocator Button(string value) => page.Locator($"button[value={value}]");
    }

    /// <summary>A customer who agreed to letters, and the link that a mail to them carries.</summary>
    private async Task<(CustomerId Customer, string Path)> Link(string email, string order)
    {
        var id = new CustomerId(await shop.Customer(email, order));
        await shop.Product.Get<ConsentService>().Record(
            id, "email", new ConsentRecord(ConsentState.Given, DateTimeOffset.UtcNow, "api"));
        var token = Outgoing.Links(shop.Product.Get<Settings>()).Stops.Make(new(id, "email", Ledger.Id(id, "test")));
        return (id, $"/u/{token}");
    }

    private async Task<ConsentState> State(CustomerId id) =>
        (await shop.Product.Get<CustomerStore>().Find(id))!.Value.Consent["email"].State;
}

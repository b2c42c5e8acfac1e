using Automation.Console.Tests.Browser;
using Automation.Functions.Hosting;
using Automation.Functions.Tests.Hosting;
using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using static Microsoft.Playwright.Assertions;

namespace Automation.Functions.Tests.Browser;

/// <summary>The page that asks for a confirmed consent, as a customer's browser shows it.</summary>
[Long(30)]
[Trait("Needs", "Chromium")]
public sealed class ConfirmPageTests(
    Chromium chromium, RunningShop shop) : IClassFixture<Chromium>, IClassFixture<RunningShop>
{
    private static readonly Look Phone = new("ja", 390);

    [Fact]
    public async Task Opening_the_link_confirms_nothing_and_its_one_button_does()
    {
        var (customer, link) = await Asked("asked@example.jp", "9201");
        var page = await chromium.Open(shop.Address, Phone);
        await page.GotoAsync(link);
        var heading = page.Locator("h1");
        await Expect(heading).ToHaveTextAsync("ご登録の確認");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "ja");
        var button = page.Locator("button");
        await Expect(button).ToHaveTextAsync("ご案内メールを受け取る");
        await Expect(button).ToBeVisibleAsync();
        Assert.Equal(ConsentState.Pending, await State(customer));
        Assert.Equal(0, await Chromium.TooWide(page));
        await Chromium.Photograph(page, "confirm");

        await button.ClickAsync();
        await Expect(heading).ToHaveTextAsync("ご登録ありがとうございます");
        Assert.Equal(ConsentState.Given, await State(customer));
        await Expect(button).ToHaveCountAsync(0);
        Assert.Empty(await page.Context.CookiesAsync());
        await Chromium.Photograph(page, "confirmed");
        await page.ReloadAsync();
        await Expect(heading).ToHaveTextAsync("ご登録ありがとうございます");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_link_that_no_longer_counts_says_so_and_whom_to_write_to()
    {
        var (customer, link) = await Asked("left@example.jp", "9202");
        await shop.Product.Get<ConsentService>().Record(
            customer, "email", new ConsentRecord(ConsentState.Withdrawn, DateTimeOffset.UtcNow, "unsubscribe link"));
        var page = await chromium.Open(shop.Address, Phone);
        foreach (var shown in (string[])[link, "/c/made-up"])
        {
            await page.GotoAsync(shown);
            await Expect(page.Locator("h1")).ToHaveTextAsync("リンクを確認できませんでした");
            await Expect(page.Locator("footer")).ToContainTextAsync("shop@example.jp");
            await Expect(page.Locator("form")).ToHaveCountAsync(0);
            Assert.Equal(0, await Chromium.TooWide(page));
        }
        await Chromium.Photograph(page, "too-late");
        await page.Context.CloseAsync();
    }

    private async Task<(CustomerId Customer, string Path)> Asked(string email, string order)
    {
        var id = new CustomerId(await shop.Customer(email, order));
        await shop.Product.Get<ConsentService>().Record(
            id, "email", new ConsentRecord(ConsentState.Pending, DateTimeOffset.UtcNow.AddMinutes(-1), "checkout"));
        var links = Outgoing.Links(shop.Product.Get<Settings>()).Confirmations;
        return (id, $"/c/{links.Make(new(id, "email", Ledger.Id(id, "ask")))}");
    }

    private async Task<ConsentState> State(CustomerId id) =>
        (await shop.Product.Get<CustomerStore>().Find(id))!.Value.Consent["email"].State;
}

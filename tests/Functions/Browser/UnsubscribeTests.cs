using Automation.Functions.Hosting;
using Automation.Functions.Tests.Hosting;
using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using OpenQA.Selenium;

namespace Automation.Functions.Tests.Browser;

/// <summary>The page behind the link below each marketing mail, as a customer's browser shows it.</summary>
public sealed class UnsubscribeTests(
    Chromium chromium, RunningShop shop) : IClassFixture<Chromium>, IClassFixture<RunningShop>
{
    [Fact]
    public async Task Opening_the_link_changes_nothing_and_the_button_stops_everything_at_once()
    {
        var (customer, link) = await Link("stop@example.jp", "9101");
        chromium.Driver.Navigate().GoToUrl(link);
        Assert.Equal(ConsentState.Given, await State(customer));

        chromium.Photograph("settings");
        Press("stop", shows: "again");
        Assert.Contains("停止しました", chromium.Driver.FindElement(By.TagName("h1")).Text, StringComparison.Ordinal);
        Assert.Equal(ConsentState.Withdrawn, await State(customer));
        Assert.Empty(chromium.Driver.Manage().Cookies.AllCookies);
        chromium.Photograph("stopped");

        Press("again", shows: "stop");
        Assert.Equal(ConsentState.Given, await State(customer));
    }

    [Fact]
    public async Task Less_can_be_chosen_instead_and_is_shown_as_chosen()
    {
        var (customer, link) = await Link("less@example.jp", "9102");
        chromium.Driver.Navigate().GoToUrl(link);
        Press("monthly", shows: "all");
        Press("pause", shows: "resume");
        Assert.NotEmpty(chromium.Driver.FindElements(By.CssSelector("[role=status]")));
        var buttons = By.CssSelector("button[name=choice]:not([value=address])");
        Assert.Equal(["stop", "all", "resume"], chromium.Driver.FindElements(buttons)
            .Select(button => button.GetAttribute("value")));
        chromium.Photograph("less");
        var chosen = (await shop.Product.Get<CustomerStore>().Find(customer))!.Value;
        Assert.True(chosen.Preferences!.Monthly);
        Assert.True(chosen.Preferences.PausedUntil > DateTimeOffset.UtcNow.AddDays(29));
        Assert.Equal(ConsentState.Given, chosen.Consent["email"].State);
        var page = chromium.Driver.FindElement(By.TagName("html"));
        Assert.Equal(page.GetDomProperty("clientWidth"), page.GetDomProperty("scrollWidth"));
    }

    /// <summary>Presses a button and waits for the page that has the other.</summary>
    private void Press(string choice, string shows)
    {
        chromium.Driver.FindElement(Button(choice)).Click();
        chromium.Driver.FindElement(Button(shows));

        static By Button(string value) => By.CssSelector($"button[value={value}]");
    }

    /// <summary>A customer who agreed to letters, and the link that a mail to them carries.</summary>
    private async Task<(CustomerId, Uri)> Link(string email, string order)
    {
        var id = new CustomerId(await shop.Customer(email, order));
        await shop.Product.Get<ConsentService>().Record(
            id, "email", new ConsentRecord(ConsentState.Given, DateTimeOffset.UtcNow, "api"));
        var token = Outgoing.Links(shop.Product.Get<Settings>()).Stops.Make(new(id, "email", Ledger.Id(id, "test")));
        return (id, new Uri(shop.Address, $"/u/{token}"));
    }

    private async Task<ConsentState> State(CustomerId id) =>
        (await shop.Product.Get<CustomerStore>().Find(id))!.Value.Consent["email"].State;
}

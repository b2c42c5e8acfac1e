using Automation.Functions.Hosting;
using Automation.Functions.Tests.Hosting;
using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.People;
using Automation.Marketing.Sending;
using OpenQA.Selenium;

namespace Automation.Functions.Tests.Browser;

/// <summary>The page that asks for a confirmed consent, as a customer's browser shows it.</summary>
[Long(30)]
public sealed class ConfirmPageTests(
    Chromium chromium, RunningShop shop) : IClassFixture<Chromium>, IClassFixture<RunningShop>
{
    [Fact]
    public async Task Opening_the_link_confirms_nothing_and_its_one_button_does()
    {
        var (customer, link) = await Asked("asked@example.jp", "9201");
        chromium.Driver.Navigate().GoToUrl(link);
        Assert.Equal("ご登録の確認", Heading());
        Assert.Equal("ja", chromium.Driver.FindElement(By.TagName("html")).GetAttribute("lang"));
        var button = Assert.Single(chromium.Driver.FindElements(By.TagName("button")));
        Assert.Equal("ご案内メールを受け取る", button.Text);
        Assert.True(button.Displayed);
        Assert.Equal(ConsentState.Pending, await State(customer));
        Fits();
        chromium.Photograph("confirm");

        button.Click();
        chromium.Driver.FindElement(By.XPath("//h1[text()='ご登録ありがとうございます']"));
        Assert.Equal(ConsentState.Given, await State(customer));
        Assert.Empty(chromium.Driver.FindElements(By.TagName("button")));
        Assert.Empty(chromium.Driver.Manage().Cookies.AllCookies);
        chromium.Photograph("confirmed");
        chromium.Driver.Navigate().Refresh();
        Assert.Equal("ご登録ありがとうございます", Heading());
    }

    [Fact]
    public async Task A_link_that_no_longer_counts_says_so_and_whom_to_write_to()
    {
        var (customer, link) = await Asked("left@example.jp", "9202");
        await shop.Product.Get<ConsentService>().Record(
            customer, "email", new ConsentRecord(ConsentState.Withdrawn, DateTimeOffset.UtcNow, "unsubscribe link"));
        foreach (var shown in (Uri[])[link, new(shop.Address, "/c/made-up")])
        {
            chromium.Driver.Navigate().GoToUrl(shown);
            Assert.Equal("リンクを確認できませんでした", Heading());
            Assert.Contains(
                "shop@example.jp", chromium.Driver.FindElement(By.TagName("footer")).Text, StringComparison.Ordinal);
            Assert.Empty(chromium.Driver.FindElements(By.TagName("form")));
            Fits();
        }
        chromium.Photograph("too-late");
    }

    private string Heading() => chromium.Driver.FindElement(By.TagName("h1")).Text;

    /// <summary>Nothing is cut off at the width of a telephone.</summary>
    private void Fits()
    {
        var page = chromium.Driver.FindElement(By.TagName("html"));
        Assert.Equal(page.GetDomProperty("clientWidth"), page.GetDomProperty("scrollWidth"));
    }

    private async Task<(CustomerId, Uri)> Asked(string email, string order)
    {
        var id = new CustomerId(await shop.Customer(email, order));
        await shop.Product.Get<ConsentService>().Record(
            id, "email", new ConsentRecord(ConsentState.Pending, DateTimeOffset.UtcNow.AddMinutes(-1), "checkout"));
        var links = Outgoing.Links(shop.Product.Get<Settings>()).Confirmations;
        return (id, new Uri(shop.Address, $"/c/{links.Make(new(id, "email", Ledger.Id(id, "ask")))}"));
    }

    private async Task<ConsentState> State(CustomerId id) =>
        (await shop.Product.Get<CustomerStore>().Find(id))!.Value.Consent["email"].State;
}

using System.Net;
using Automation.Functions.Hosting;
using Automation.Marketing.Customers;
using Automation.Marketing.People;
using Automation.Marketing.Sending;

namespace Automation.Functions.Tests.Hosting;

/// <summary>A change of address over HTTP: the page asks, the link in the mail changes.</summary>
public sealed class AddressLinkTests(RunningShop shop) : IClassFixture<RunningShop>
{
    [Fact]
    public async Task Typing_an_address_changes_nothing_the_link_does_and_only_a_few_are_asked()
    {
        var id = new CustomerId(await shop.Customer("before@example.jp", "9301"));
        var links = Outgoing.Links(shop.Product.Get<Settings>());
        var page = $"/u/{links.Stops.Make(new(id, "email", Ledger.Id(id, "test")))}";
        for (var n = 0; n < 3; n++)
            Assert.Contains("確認のメール", await Post(page, "after@example.jp"), StringComparison.Ordinal);
        Assert.Contains("しばらくしてから", await Post(page, "after@example.jp"), StringComparison.Ordinal);
        Assert.Equal("before@example.jp", await Email(id));
        Assert.NotEqual(ConsentState.Withdrawn, await State(id));   // it is a button, and stops nothing

        var link = $"/a/{links.Addresses.Make(new(id, "after@example.jp", null), DateTimeOffset.UtcNow.AddHours(1))}";
        var asks = await shop.Http.GetStringAsync(new Uri(link, UriKind.Relative));
        Assert.Contains("a•••@example.jp", WebUtility.HtmlDecode(asks), StringComparison.Ordinal);
        Assert.DoesNotContain("before", asks, StringComparison.Ordinal);
        Assert.Equal("before@example.jp", await Email(id));
        await Post(link, "");
        Assert.Equal("after@example.jp", await Email(id));
        using var none = await shop.Http.GetAsync(new Uri("/a/made-up", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        Assert.True(none.Headers.CacheControl!.NoStore);
    }

    private async Task<string> Post(string path, string email)
    {
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string> { ["choice"] = "address", ["email"] = email });
        using var answer = await shop.Http.PostAsync(new Uri(path, UriKind.Relative), form);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    private async Task<string?> Email(CustomerId id) =>
        (await shop.Product.Get<CustomerStore>().Find(id))!.Value.Email;

    private async Task<ConsentState?> State(CustomerId id) =>
        (await shop.Product.Get<CustomerStore>().Find(id))!.Value.Consent.GetValueOrDefault("email")?.State;
}

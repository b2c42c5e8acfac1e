using AngleSharp.Html.Parser;
using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.Events;
using Automation.Marketing.Sending;
using Automation.Marketing.Tests.Mails;
using Automation.Marketing.Tests.Orders;

namespace Automation.Marketing.Tests.Sending;

public class UnsubscribeTests
{
    private static readonly UnsubscribeTokens Tokens = new([.. Enumerable.Range(0, 32).Select(n => (byte)n)]);
    private static readonly Unsubscription Sample = new(Mail.Sato.Id, "email", $"{Mail.Sato.Id}-0123456789abcdef");

    [Fact]
    public void A_token_is_opaque_and_ours()
    {
        var token = Tokens.Make(Sample);
        Assert.Equal(Sample, Tokens.Read(token));
        Assert.Equal(token, Tokens.Make(Sample));
        Assert.Matches("^[A-Za-z0-9_-]{50}$", token);
        Assert.NotEqual(Tokens.Make(Sample with { Channel = "line" })[..10], token[..10]);
        Assert.Null(new UnsubscribeTokens(new byte[32]).Read(token));
    }

    [Fact]
    public void A_changed_token_is_nobodys()
    {
        var token = Tokens.Make(Sample);
        for (var n = 0; n < token.Length - 1; n++)
            foreach (var other in "AbZ09_-")
                if (other != token[n]) Assert.Null(Tokens.Read(token[..n] + other + token[(n + 1)..]));
        foreach (var nonsense in (string[])["", "a", token[..^1], token + "A", new string('A', 50), new string('日', 50), "%%" + token[2..]]) Assert.Null(Tokens.Read(nonsense));
    }

    [Fact]
    public async Task Looking_changes_nothing_and_the_button_withdraws_once()
    {
        await using var house = await House.Open();
        var customer = Mail.Sato with { Consent = new Dictionary<string, ConsentRecord> { ["email"] = new(ConsentState.Given, house.Clock.Now.AddDays(-1), "checkout") } };
        await house.Tables.Customers.AddEntityAsync(Documents.Entity(customer.Id.Shard, customer.Id.Value, customer, CustomerJson.Rows.Customer));
        var unsubscribe = new Unsubscribe(Tokens, house.Consents, house.Clock);
        var token = Tokens.Make(Sample);

        Assert.Equal(UnsubscribePage.Ask, unsubscribe.Page(token));
        Assert.Equal(ConsentState.Given, (await house.Customers.Find(customer.Id))!.Value.Consent["email"].State);

        for (var n = 0; n < 2; n++)
        {
            Assert.Equal(UnsubscribePage.Done, await unsubscribe.Do(token, "one-click", house.Handling));
            house.Clock.Now = house.Clock.Now.AddMinutes(1);
        }
        var consent = (await house.Customers.Find(customer.Id))!.Value.Consent["email"];
        Assert.Equal((ConsentState.Withdrawn, "one-click", Sample.Send), (consent.State, consent.How, consent.Evidence));
        Assert.Single(house.Heard, happened => happened.Type == EventTypes.ConsentWithdrawn);
        Assert.Equal(UnsubscribePage.Unknown, await unsubscribe.Do("nonsense", "one-click", house.Handling));
        Assert.Equal(UnsubscribePage.Unknown, unsubscribe.Page("nonsense"));
    }

    [Theory]
    [InlineData(UnsubscribePage.Ask, 1)]
    [InlineData(UnsubscribePage.Done, 0)]
    [InlineData(UnsubscribePage.Unknown, 0)]
    public void The_page_is_plain(UnsubscribePage page, int forms)
    {
        var html = new HtmlParser().ParseDocument(page.Html(Mail.Shop));
        Assert.Equal(forms, html.QuerySelectorAll("form[method=post] button").Length);
        Assert.Empty(html.QuerySelectorAll("script, img, link, iframe"));
        Assert.Equal("ja", html.DocumentElement.GetAttribute("lang"));
        Assert.Contains(Mail.Shop.Name, html.Body!.TextContent);
        Assert.Single(html.QuerySelectorAll("h1"));
    }
}

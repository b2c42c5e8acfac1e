using System.Net;
using AngleSharp;
using AngleSharp.Html.Dom;
using Automation.Marketing.Customers;
using Automation.Marketing.People;
using Automation.Marketing.Shop;

namespace Automation.Console.Tests.Setup;

/// <summary>What an installation lacks, and whether a webhook would arrive.</summary>
public sealed class SetupTests(OpenShop shop) : IClassFixture<OpenShop>
{
    private const string Address = "/console/setup/shop";

    [Fact]
    public async Task It_shows_where_the_shop_is_to_post_and_whose_keys_there_are_but_no_key()
    {
        using var visitor = await shop.SignedIn();
        var page = await visitor.Open("/console/setup");
        Assert.Contains("/webhooks/orders/main", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("mika", page.Body.TextContent, StringComparison.Ordinal);
        Assert.All((string[])[OpenShop.Owner, OpenShop.Marketer, OpenShop.Viewer, "hush-hush"], secret =>
            Assert.DoesNotContain(secret, page.ToHtml(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_test_webhook_says_when_nobody_answers_at_the_public_address()
    {
        using var visitor = await shop.SignedIn();
        using var answer = await visitor.Submit(await visitor.Open("/console/setup"), "/console/setup/test-webhook");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var alert = (await Visitor.Page(answer)).QuerySelector("[role=alert]")!.TextContent;
        Assert.Contains("Site:PublicUrl", alert, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_shops_own_file_is_written_by_an_operator_and_a_mistake_is_said_with_its_line()
    {
        using var owner = await shop.SignedIn();
        var page = await owner.Open(Address);
        var area = page.QuerySelector("textarea")!;
        Assert.Equal("shop", area.GetAttribute("data-schema"));
        var text = ((IHtmlTextAreaElement)area).Value;
        var line = text.Split('\n').ToList().FindIndex(one => one.Contains("\"quietHours\"")) + 1;
        using var refused = await owner.Submit(page, Address, new()
        {
            ["text"] = text.Replace("\"quietHours\"", "\"quietHour\"", StringComparison.Ordinal),
        });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        page = await Visitor.Page(refused);
        Assert.Equal($"#line-{line}", page.QuerySelector(".problems a")!.GetAttribute("href"));
        Assert.Contains("quietHours", page.QuerySelector(".problems")!.TextContent, StringComparison.Ordinal);

        using var saved = await owner.Submit(page, Address, new()
        {
            ["text"] = text.Replace("#2f5d50", "#2f5d51", StringComparison.Ordinal),
        });
        Assert.Equal("/console/setup?done=saved", $"{saved.Headers.Location}");
        Assert.Contains("#2f5d51", (await owner.Open("/console/setup")).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal);
        using var mika = await shop.SignedIn(OpenShop.Marketer);
        using var forbidden = await mika.Get(Address);
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
    }

    [Fact]
    public async Task What_breaks_a_scenario_is_saved_for_a_reason_alone_which_stands_in_the_audit()
    {
        using var owner = await shop.SignedIn();
        var page = await owner.Open(Address);
        var text = ((IHtmlTextAreaElement)page.QuerySelector("textarea")!).Value;
        var earlier = text.Replace("\"from\": \"10:00\"", "\"from\": \"09:00\"", StringComparison.Ordinal);
        Assert.NotEqual(text, earlier);
        using (var refused = await owner.Submit(page, Address, new() { ["text"] = earlier }))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            page = await Visitor.Page(refused);
        }
        Assert.Contains(
            ".chat.json", page.QuerySelector(".notice.bad")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("10:00", $"{shop.Product.Get<CurrentShop>().Settings.Chat!.Hours[0].From:HH\\:mm}");
        using (var saved = await owner.Submit(page, Address, new() { ["why"] = "we open at nine" }))
            Assert.Equal("/console/setup?done=saved", $"{saved.Headers.Location}");
        Assert.Equal("09:00", $"{shop.Product.Get<CurrentShop>().Settings.Chat!.Hours[0].From:HH\\:mm}");
        Assert.Contains("we open at nine", (await owner.Open("/console/audit")).QuerySelector("main")!.TextContent,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_the_past_is_shown_as_it_is_read_brought_in_and_a_second_time_nothing_new()
    {
        const string Import = "/console/setup/import";
        const string File = "email,name,consent,consentAt\nmio@example.jp,森 美緒,yes,2025-03-01\nnobody,誰か,,\n";
        using var owner = await shop.SignedIn();
        var page = await owner.Open(Import);
        var token = page.QuerySelector("input[name=token]")!.GetAttribute("value")!;
        using var shown = await owner.Post(Import, new()
        { ["token"] = token, ["source"] = "main", ["name"] = "past.csv", ["text"] = File, ["do"] = "try" });
        page = await Visitor.Page(shown);
        var preview = page.QuerySelector("pre")!.TextContent;
        Assert.Contains("1 would be imported, 1 line could not be", preview, StringComparison.Ordinal);
        Assert.Contains("'nobody' is not an e-mail address", preview, StringComparison.Ordinal);
        var mio = new Identity(Identity.Email, "mio@example.jp");
        Assert.Null(await shop.Product.Get<CustomerStore>().FindByIdentity(mio));
        for (var n = 0; n < 2; n++)
        {
            using var done = await owner.Post(Import, new()
            { ["token"] = token, ["source"] = "main", ["name"] = "past.csv", ["text"] = File, ["do"] = "import" });
            page = await Visitor.Page(done);
            Assert.Contains("1 imported", page.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
            Assert.Contains("line 3", page.QuerySelector("#left-out")!.ParentElement!.ParentElement!.TextContent,
                StringComparison.Ordinal);
        }
        var customer = (await shop.Product.Get<CustomerStore>().FindByIdentity(mio))!.Value;
        var said = customer.Consent["email"];
        Assert.Equal((ConsentState.Given, "past.csv, line 2: yes"), (said.State, said.Evidence));
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(shop.Outbox, ".."), ".backup-*"));
    }

    [Fact]
    public async Task What_is_not_a_file_of_customers_is_refused_in_words()
    {
        using var owner = await shop.SignedIn();
        var token = (await owner.Open("/console/setup/import")).QuerySelector("input[name=token]")!
            .GetAttribute("value")!;
        using var wrong = await owner.Post("/console/setup/import", new()
        {
            ["token"] = token,
            ["source"] = "main",
            ["do"] = "try",
            ["name"] = "../../etc/passwd",
            ["text"] = "a,b\n1,2\n",
        });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        var said = (await Visitor.Page(wrong)).QuerySelector("[role=alert]")!.TextContent;
        Assert.Contains("import.csv: ", said, StringComparison.Ordinal);
        Assert.DoesNotContain("backup", said, StringComparison.Ordinal);
        using var none = await owner.Post(
            "/console/setup/import", new() { ["token"] = token, ["source"] = "main", ["do"] = "try" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, none.StatusCode);
        using var day = await owner.Post("/console/setup/import", new()
        { ["token"] = token, ["source"] = "main", ["text"] = "email\n", ["asOf"] = "2099-01-01", ["do"] = "import" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, day.StatusCode);
    }
}

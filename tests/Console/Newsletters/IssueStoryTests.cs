using System.Net;
using AngleSharp.Html.Dom;
using Automation.Marketing;
using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.People;
using Automation.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Console.Tests.Newsletters;

/// <summary>A marketer's week: write the next issue, look at it, try it, send it, watch it, read what became of
/// it.</summary>
public sealed class IssueStoryTests : IAsyncLifetime, IDisposable
{
    private readonly OpenShop shop = new();

    /// <summary>Without quiet hours: the tests run at any hour.</summary>
    public async Task InitializeAsync()
    {
        await shop.InitializeAsync();
        await shop.Change("shop.json", text =>
            text.Replace("""  "quietHours": { "from": "21:00", "to": "08:00" },""", "", StringComparison.Ordinal));
    }

    public Task DisposeAsync() => shop.DisposeAsync();
    public void Dispose() => shop.Dispose();

    private const string Text = """
        ---
        subject: 冬のはじめの、ほうじ茶
        subjectB: 湯気の向こうの一杯
        testShare: 100
        preheader: 火入れを終えたばかりです
        ---
        {{customer.salutation}}

        今週もお便りをお届けします。
        """;

    [Fact]
    public async Task The_next_issue_is_written_looked_at_tried_sent_watched_and_read()
    {
        await Readers("reader", 3);
        using var visitor = await shop.SignedIn(OpenShop.Marketer);
        var address = await Empty(visitor);

        var page = await visitor.Open($"{address}/edit");
        var preview = page.QuerySelectorAll("button").First(one => one.GetAttribute("formtarget") == "preview")
            .GetAttribute("formaction")!;
        using (var phone = await visitor.Submit(
            page, $"{address}/edit", preview, new() { ["text"] = Text, ["look"] = "phone" }))
        {
            var html = await phone.Content.ReadAsStringAsync();
            Assert.Contains("冬のはじめの、ほうじ茶", html, StringComparison.Ordinal);
            Assert.Contains("湯気の向こうの一杯", html, StringComparison.Ordinal);
            Assert.Contains("火入れを終えたばかりです", html, StringComparison.Ordinal);
        }

        var before = await Rows();
        using (var tried = await visitor.Submit(
            page, $"{address}/edit", new() { ["text"] = Text, ["do"] = "test", ["testTo"] = "mika@example.jp" }))
            Assert.Equal(HttpStatusCode.OK, tried.StatusCode);
        var test = MimeKit.MimeMessage.Load(Directory.EnumerateFiles(shop.Outbox, "*-test-*.eml").Single());
        Assert.Equal("[Test] 冬のはじめの、ほうじ茶", test.Subject);
        Assert.Equal(before, await Rows());

        using (var draft = await visitor.Submit(page, $"{address}/edit", new() { ["text"] = Text, ["do"] = "draft" }))
            Assert.Equal($"{address}?done=draft", $"{draft.Headers.Location}");
        var kept = await visitor.Open(address);
        Assert.Equal("draft", kept.QuerySelector("main .badge")!.TextContent);
        Assert.Contains("still a draft", kept.QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        page = await visitor.Open($"{address}/edit");
        using (var published = await visitor.Submit(page, $"{address}/edit", new() { ["do"] = "save" }))
            Assert.Equal($"{address}?done=saved", $"{published.Headers.Location}");
        Assert.Equal("ready", (await visitor.Open(address)).QuerySelector("main .badge")!.TextContent);

        var counted = await visitor.Open($"{address}?count=1");
        Assert.Contains(
            "3 readers would get it now.", counted.QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        var asked = await visitor.Open($"{address}?ask=1");
        Assert.Contains("it goes outside its slot", asked.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        using (var confirmed = await visitor.Submit(asked, $"{address}/do/confirm"))
            Assert.Equal($"{address}?done=confirm", $"{confirmed.Headers.Location}");

        using (var going = await visitor.Get(address))
            if ((await Visitor.Page(going)).QuerySelector("main .badge")!.TextContent == "sending")
                Assert.Equal("5", Assert.Single(going.Headers.GetValues("Refresh")));
        IHtmlDocument over = null!;
        await Until(
            async () => (over = await visitor.Open(address)).QuerySelector("main .badge")!.TextContent == "sent");
        Assert.Contains(
            "3 in its audience: it adds up.", over.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(3, Directory.EnumerateFiles(shop.Outbox, "*.eml")
            .Count(file => !file.Contains("-test-", StringComparison.Ordinal)));
        using var locked = await visitor.Get($"{address}/edit");
        Assert.Equal(HttpStatusCode.Conflict, locked.StatusCode);
    }

    [Fact]
    public async Task What_was_sent_adds_up_and_says_whom_it_did_not_reach_and_why()
    {
        await Readers("buyer", 2);
        await Readers("quiet", 1, consent: false);
        using var visitor = await shop.SignedIn(OpenShop.Marketer, "ja");
        var address = await Empty(visitor, last: true);
        var page = await visitor.Open($"{address}/edit");
        using (var published = await visitor.Submit(page, $"{address}/edit", new() { ["do"] = "save" }))
            Assert.Equal(HttpStatusCode.SeeOther, published.StatusCode);
        using (var confirmed = await visitor.Submit(await visitor.Open($"{address}?ask=1"), $"{address}/do/confirm"))
            Assert.Equal(HttpStatusCode.SeeOther, confirmed.StatusCode);
        IHtmlDocument over = null!;
        await Until(
            async () => (over = await visitor.Open(address)).QuerySelector("main .badge")!.TextContent == "配信済み");
        Assert.Null(over.QuerySelector("[role=alert]"));
        var main = over.QuerySelector("main")!.TextContent;
        Assert.Contains("内訳と合っています", main, StringComparison.Ordinal);
        Assert.Contains("配信の同意がない", main, StringComparison.Ordinal);
        Assert.DoesNotContain(over.QuerySelectorAll("form"), form =>
            form.GetAttribute("action")!.EndsWith("/do/retry", StringComparison.Ordinal));
        using var again = await visitor.Get(address);
        Assert.False(again.Headers.Contains("Refresh"));
        var series = await visitor.Open("/console/newsletters/weekly");
        Assert.Contains(series.QuerySelectorAll("#past ~ *, tbody a"), link => link.GetAttribute("href") == address);
    }

    [Fact]
    public async Task An_issue_for_friends_on_LINE_shows_its_LINE_text_beside_the_mail_and_says_what_is_wrong_with_it()
    {
        const string line = "---\nalt: 冬のほうじ茶\n---\n{{customer.salutation}}、焚き火の香りです。\n"
            + "{{#if customer.attributes.teaOfChoice}}{{customer.attributes.teaOfChoice}}{{/if}}\n";
        await shop.Change("shop.json", text => text.Replace(
            "\"attributes\": {", "\"attributes\": { \"teaOfChoice\": \"text\",", StringComparison.Ordinal));
        using var visitor = await shop.SignedIn(OpenShop.Marketer);
        using (var put = await visitor.Submit(
            await visitor.Open("/console/lines/weekly/winter?edit=1"), "/console/lines/weekly/winter",
            new() { ["text"] = line }))
            Assert.Equal("/console/lines/weekly/winter?done=saved", $"{put.Headers.Location}");
        var address = await Empty(visitor);
        var page = await visitor.Open($"{address}/edit");
        var preview = $"/console/preview/issue{address["/console/newsletters".Length..]}";
        async Task<string> Typed(string text)
        {
            using var shown = await visitor.Submit(
                page, $"{address}/edit", preview, new() { ["text"] = text, ["look"] = "line" });
            return WebUtility.HtmlDecode(await shown.Content.ReadAsStringAsync());
        }
        Assert.Contains("This issue names no LINE text.", await Typed(Text), StringComparison.Ordinal);
        Assert.Contains(
            "there is no LINE text \"weekly/wintr\"",
            await Typed(Text.Replace("subject:", "line: weekly/wintr\nsubject:", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        var withLine = Text.Replace("subject:", "line: weekly/winter\nsubject:", StringComparison.Ordinal);
        Assert.Contains("焚き火の香りです。", await Typed(withLine), StringComparison.Ordinal);
        using (var saved = await visitor.Submit(
            page, $"{address}/edit", new() { ["text"] = withLine, ["do"] = "save" }))
            Assert.Equal($"{address}?done=saved", $"{saved.Headers.Location}");

        var issue = await visitor.Open(address);
        Assert.Equal(2, issue.QuerySelectorAll("iframe").Length);
        var card = issue.QuerySelector("#line")!.Closest(".card")!;
        Assert.Equal("/console/lines/weekly/winter", card.QuerySelector("a")!.GetAttribute("href"));
        Assert.Null(card.QuerySelector("[role=alert]"));
        using (var shown = await visitor.Get(card.QuerySelector("iframe")!.GetAttribute("src")!))
        {
            Assert.Contains(
                "default-src 'none'", Assert.Single(shown.Headers.GetValues("Content-Security-Policy")),
                StringComparison.Ordinal);
            Assert.Contains(
                "焚き火の香りです。", WebUtility.HtmlDecode(await shown.Content.ReadAsStringAsync()),
                StringComparison.Ordinal);
        }
        // The shop forgets the attribute that the text speaks of: what was published stays, and is said to be wrong.
        await shop.Change("shop.json", text => text.Replace(
            " \"teaOfChoice\": \"text\",", "", StringComparison.Ordinal));
        var wrong = (await visitor.Open(address)).QuerySelector("#line")!.Closest(".card")!
            .QuerySelector("[role=alert]")!;
        Assert.Contains("teaOfChoice", wrong.TextContent, StringComparison.Ordinal);
        Assert.Equal("/console/lines/weekly/winter?edit=1#line-5", wrong.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task An_issue_is_moved_to_an_empty_slot_and_is_nowhere_else()
    {
        using var visitor = await shop.SignedIn(OpenShop.Marketer);
        var address = await Empty(visitor);
        using (var published = await visitor.Submit(
            await visitor.Open($"{address}/edit"), $"{address}/edit", new() { ["do"] = "save" }))
            Assert.Equal(HttpStatusCode.SeeOther, published.StatusCode);
        var page = await visitor.Open(address);
        var to = page.QuerySelectorAll("select[name=to] option")[^1].GetAttribute("value")!;
        using var moved = await visitor.Submit(page, $"{address}/do/move", new() { ["to"] = to });
        Assert.Equal($"/console/newsletters/weekly/{to}?done=move", $"{moved.Headers.Location}");
        Assert.Equal("ready", (await visitor.Open($"/console/newsletters/weekly/{to}"))
            .QuerySelector("main .badge")!.TextContent);
        Assert.False(File.Exists(Path.Combine(shop.Folder, "newsletters/weekly", $"{address.Split('/')[^1]}.md")));
        Assert.DoesNotContain("draft:", await File.ReadAllTextAsync(
            Path.Combine(shop.Folder, "newsletters/weekly", $"{to}.md")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_settings_of_a_series_are_refused_with_the_line_of_the_mistake_and_saved_when_they_are_right()
    {
        using var visitor = await shop.SignedIn(OpenShop.Marketer);
        var page = await visitor.Open("/console/newsletters/weekly");
        var area = page.QuerySelector("textarea")!;
        Assert.Equal("json", area.GetAttribute("data-editor"));
        Assert.Equal("newsletter", area.GetAttribute("data-schema"));
        var text = await File.ReadAllTextAsync(Path.Combine(shop.Folder, "newsletters/weekly.json"));
        using var refused = await visitor.Submit(page, "/console/newsletters/weekly",
            new() { ["text"] = text.Replace("wednesday", "wensday", StringComparison.Ordinal) });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal("#line-5", (await Visitor.Page(refused)).QuerySelector(".problems a")!.GetAttribute("href"));
        using var saved = await visitor.Submit(page, "/console/newsletters/weekly",
            new() { ["text"] = text.Replace("月凪のお便り", "月凪だより", StringComparison.Ordinal) });
        Assert.Equal(HttpStatusCode.SeeOther, saved.StatusCode);
        Assert.Contains("月凪だより", (await visitor.Open("/console/newsletters"))
            .QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_viewer_sees_everything_and_changes_nothing()
    {
        using var visitor = await shop.SignedIn(OpenShop.Viewer);
        var page = await visitor.Open("/console/newsletters/weekly");
        Assert.Null(page.QuerySelector("textarea"));
        var next = page.QuerySelector("#next")!.Closest(".card")!.QuerySelector("a")!.GetAttribute("href")!;
        var issue = await visitor.Open(next);
        Assert.DoesNotContain(issue.QuerySelectorAll("form"), form =>
            form.GetAttribute("action")!.Contains("/do/", StringComparison.Ordinal));
        var token = issue.QuerySelector("input[name=token]")!.GetAttribute("value")!;
        using var refused = await visitor.Post($"{next}/do/cancel", new() { ["token"] = token });
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    /// <summary>The page of a coming slot that has no issue of its own.</summary>
    private static async Task<string> Empty(Visitor visitor, bool last = false)
    {
        var page = await visitor.Open("/console/newsletters/weekly");
        var open = page.QuerySelector("#next")!.Closest(".card")!.QuerySelectorAll("li")
            .Where(row => row.QuerySelector(".badge")!.TextContent is "no issue yet" or "原稿なし").ToList();
        return (last ? open[^1] : open[0]).QuerySelector("a")!.GetAttribute("href")!;
    }

    private async Task Readers(string name, int count, bool consent = true)
    {
        var customers = shop.Product.Services.GetRequiredService<CustomerStore>();
        var consents = shop.Product.Services.GetRequiredService<ConsentService>();
        for (var n = 0; n < count; n++)
        {
            var (email, at) = ($"{name}{n}@example.jp", DateTimeOffset.UtcNow);
            var buyer = new Buyer { Identities = [new Identity(Identity.Email, email)], Email = email };
            await customers.Recognise(buyer, $"test|{email}", customer => customer with { Email = email });
            var id = (await customers.FindByIdentity(new Identity(Identity.Email, email)))!.Value.Id;
            if (consent) await consents.Record(id, "email", new ConsentRecord(ConsentState.Given, at, "checkout"));
        }
    }

    private async Task<int> Rows()
    {
        var tables = shop.Product.Services.GetRequiredService<Tables>();
        var count = 0;
        foreach (var table in (Table[])[tables.Timeline, tables.Sends, tables.Insights])
            count += await table.Query(new TableQuery()).CountAsync();
        return count;
    }

    /// <summary>Waits for the sending, at most half a minute.</summary>
    private static async Task Until(Func<Task<bool>> holds)
    {
        var end = DateTimeOffset.UtcNow.AddSeconds(30);
        while (!await holds())
        {
            Assert.True(DateTimeOffset.UtcNow < end, "it did not come to that within half a minute");
            await Task.Delay(50);
        }
    }
}

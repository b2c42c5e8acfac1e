using System.Net;
using AngleSharp.Html.Dom;
using Automation.Marketing;
using Automation.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Console.Tests.Mails;

/// <summary>Mails as a marketer reads, writes and tries them.</summary>
public sealed class MailPagesTests(OpenShop shop) : IClassFixture<OpenShop>
{
    private const string Thanks = "/console/mails/welcome/thank-you";

    [Theory]
    [InlineData("ja", "使われている場所")]
    [InlineData("en", "Used in")]
    public async Task The_list_says_of_every_mail_what_it_is_for_and_which_journeys_send_it(
        string language, string used)
    {
        using var visitor = await shop.SignedIn(OpenShop.Viewer, language);
        var page = await visitor.Open("/console/mails");
        Assert.Contains(page.QuerySelectorAll("th"), head => head.TextContent == used);
        var row = page.QuerySelectorAll("tbody tr")
            .First(row => row.QuerySelector("a")!.GetAttribute("href") == Thanks);
        Assert.NotNull(row.QuerySelector("a[href='/console/journeys/welcome']"));
        Assert.Equal(
            Directory.EnumerateFiles(Path.Combine(shop.Folder, "mails"), "*.md", SearchOption.AllDirectories).Count(),
            page.QuerySelectorAll("tbody tr").Length);
    }

    [Fact]
    public async Task A_mail_is_shown_in_a_frame_that_runs_nothing_and_loads_pictures_alone()
    {
        using var visitor = await shop.SignedIn(OpenShop.Viewer);
        var page = await visitor.Open($"{Thanks}?look=phone");
        var frame = page.QuerySelector("iframe")!;
        Assert.Equal("", frame.GetAttribute("sandbox"));
        Assert.NotNull(page.QuerySelector(".preview.phone"));
        using var shown = await visitor.Get(frame.GetAttribute("src")!);
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        var policy = Assert.Single(shown.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains(
            "default-src 'none'; img-src 'self' https: http://localhost:* data:; style-src 'unsafe-inline'", policy,
            StringComparison.Ordinal);
        Assert.Contains("sandbox", policy, StringComparison.Ordinal);
        Assert.Contains("佐藤 様", await shown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("desktop", "@media not all", "<table")]
    [InlineData("dark", "@media all", "<table")]
    [InlineData("text", "お問い合わせ:", "<pre")]
    public async Task It_is_shown_light_dark_or_as_text_whatever_the_visitors_screen_prefers(
        string look, string holds, string also)
    {
        using var visitor = await shop.SignedIn(OpenShop.Viewer);
        using var shown = await visitor.Get($"/console/preview/mail/welcome/thank-you?look={look}");
        var html = await shown.Content.ReadAsStringAsync();
        Assert.Contains(holds, html, StringComparison.Ordinal);
        Assert.Contains(also, html, StringComparison.Ordinal);
        Assert.DoesNotContain("prefers-color-scheme:dark", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_typed_is_shown_without_being_saved()
    {
        using var visitor = await shop.SignedIn(OpenShop.Marketer);
        var page = await visitor.Open($"{Thanks}?edit=1");
        var show = page.QuerySelectorAll("button").First(one => one.GetAttribute("formtarget") == "preview");
        Assert.NotNull(page.QuerySelector("iframe[name=preview]"));
        var before = await File.ReadAllTextAsync(Path.Combine(shop.Folder, "mails/welcome/thank-you.md"));
        using var shown = await visitor.Post(
            show.GetAttribute("formaction")!, Filled(page, "---\nsubject: 試し\n---\n{{customer.salutation}} 打っただけ\n"));
        Assert.Contains("佐藤 様 打っただけ", await shown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var wrong = await visitor.Post(
            show.GetAttribute("formaction")!, Filled(page, "---\nsubject: 試し\n---\n{{customer.nam}}\n"));
        Assert.Contains("Line 4", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(Path.Combine(shop.Folder, "mails/welcome/thank-you.md")));
    }

    [Fact]
    public async Task A_mail_with_mistakes_is_not_saved_and_the_page_says_where_they_are()
    {
        using var visitor = await shop.SignedIn(OpenShop.Marketer);
        var page = await visitor.Open($"{Thanks}?edit=1");
        using var refused = await visitor.Submit(
            page, Thanks, new() { ["do"] = "save", ["text"] = "---\nsubject: 試し\n---\n本文\n{{customer.nam}}\n" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var again = await Visitor.Page(refused);
        Assert.Equal("#line-5", again.QuerySelector(".problems a")!.GetAttribute("href"));
        Assert.Contains("{{customer.nam}}", again.QuerySelector("textarea")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("true", again.QuerySelector("textarea")!.GetAttribute("aria-invalid"));
    }

    [Fact]
    public async Task A_new_mail_is_begun_saved_and_published()
    {
        using var visitor = await shop.SignedIn(OpenShop.Marketer);
        using var wrong = await visitor.Get("/console/mails?new=..%2Fsecret");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        using var begun = await visitor.Get("/console/mails?new=welcome/how-to-brew");
        Assert.Equal("/console/mails/welcome/how-to-brew?edit=1", $"{begun.Headers.Location}");
        var page = await visitor.Open($"{begun.Headers.Location}");
        using var saved = await visitor.Submit(page, "/console/mails/welcome/how-to-brew", new() { ["do"] = "save" });
        Assert.Equal("/console/mails/welcome/how-to-brew?done=saved", $"{saved.Headers.Location}");
        var shown = await visitor.Open($"{saved.Headers.Location}");
        Assert.Equal("Saved and published.", shown.QuerySelector("[role=status]")!.TextContent);
        using var late = await visitor.Submit(page, "/console/mails/welcome/how-to-brew", new() { ["do"] = "save" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.StatusCode);
        Assert.Contains("Somebody else", (await Visitor.Page(late))
            .QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_goes_to_oneself_is_remembered_and_touches_neither_ledger_nor_audit_of_others()
    {
        using var visitor = await shop.SignedIn(OpenShop.Marketer, "ja");
        var page = await visitor.Open($"{Thanks}?edit=1");
        var before = await Rows();
        using var sent = await visitor.Submit(page, Thanks, new() { ["do"] = "test", ["testTo"] = "mika@example.jp" });
        Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        Assert.Contains("mika@example.jp", (await Visitor.Page(sent))
            .QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
        var mail = await File.ReadAllTextAsync(Directory.EnumerateFiles(shop.Outbox, "*-test-*.eml").Single());
        Assert.Contains("To: mika@example.jp", mail, StringComparison.Ordinal);
        Assert.Contains("[テスト]", MimeKit.MimeMessage.Load(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(mail)))
            .Subject, StringComparison.Ordinal);
        Assert.Equal(before, await Rows());
        Assert.Equal("mika@example.jp", (await visitor.Open($"{Thanks}?edit=1"))
            .QuerySelector("#testTo")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not an address")]
    [InlineData("a@example.jp b@example.jp c@example.jp d@example.jp")]
    public async Task A_test_goes_to_one_to_three_addresses(string to)
    {
        using var visitor = await shop.SignedIn(OpenShop.Marketer);
        using var refused = await visitor.Submit(
            await visitor.Open($"{Thanks}?edit=1"), Thanks, new() { ["do"] = "test", ["testTo"] = to });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal("true", (await Visitor.Page(refused)).QuerySelector("#testTo")!.GetAttribute("aria-invalid"));
    }

    [Fact]
    public async Task A_viewer_reads_and_writes_nothing()
    {
        using var visitor = await shop.SignedIn(OpenShop.Viewer);
        var page = await visitor.Open(Thanks);
        Assert.Null(page.QuerySelector("a[href$='edit=1']"));
        var token = page.QuerySelector("input[name=token]")!.GetAttribute("value")!;
        using var refused = await visitor.Post(Thanks, new() { ["token"] = token, ["do"] = "save", ["text"] = "x" });
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task A_preview_is_for_a_customer_that_is_known_or_says_that_there_is_none()
    {
        using var visitor = await shop.SignedIn(OpenShop.Viewer);
        var page = await visitor.Open(Thanks);
        using var nobody = await visitor.Submit(page, "/console/preview-for", new() { ["who"] = "nobody@example.jp" });
        Assert.Equal($"{Thanks}?done=nobody", $"{nobody.Headers.Location}");
        Assert.Equal("true", (await visitor.Open($"{nobody.Headers.Location}"))
            .QuerySelector("#who")!.GetAttribute("aria-invalid"));
    }

    private static Dictionary<string, string> Filled(IHtmlDocument page, string text) => new()
    {
        ["token"] = page.QuerySelector("input[name=token]")!.GetAttribute("value")!,
        ["text"] = text,
        ["look"] = "phone",
    };

    /// <summary>Rows of the ledgers and of the figures.</summary>
    private async Task<int> Rows()
    {
        var tables = shop.Product.Services.GetRequiredService<Tables>();
        var count = 0;
        foreach (var table in (Table[])[tables.Timeline, tables.Sends, tables.Insights])
            count += await table.Query(new TableQuery()).CountAsync();
        return count;
    }
}

using System.Net;
using System.Text.RegularExpressions;
using Automation.Functions.Tests.Hosting;
using Automation.Marketing.Customers;
using Automation.Marketing.People;

namespace Automation.Functions.Tests.Line;

/// <summary>A LINE account becomes a known customer's, by the pages somebody sees.</summary>
public sealed partial class LineLinkTests
{
    private static readonly Dictionary<string, string> Files = new()
    {
        ["lines/link.md"] = "---\nalt: 会員情報との連携\n---\n# ようこそ\n\n[連携する]({{linkUrl}})\n",
        ["journeys/friends.json"] = """
            { "name": "友だち", "purpose": "marketing", "trigger": { "event": "line.followed" },
              "steps": [ { "do": "send", "line": "link" } ] }
            """,
    };

    [Fact]
    public async Task From_a_button_in_LINE_to_one_customer()
    {
        await using var sink = await LineSink.Start();
        await using var shop = await LineShop.Open(Files, sink.Url);
        await shop.Product.Get<CustomerStore>().Recognise(new Buyer
        {
            Identities = [new("demo", "7"), new(Identity.Email, "aoi@example.jp")],
            Email = "aoi@example.jp",
            FamilyName = "佐藤",
            SeenAt = DateTimeOffset.UtcNow,
        }, "test", customer => customer);
        using (await shop.Post(LineShop.Event("follow", "01A"))) await shop.Idle();
        var link = Path(Button().Match(Assert.Single(sink.Delivered).Message).Groups[1].Value);

        Assert.Contains("name=\"email\"", await Page(shop, HttpMethod.Get, link), StringComparison.Ordinal);
        Assert.Contains("1時間以内", await Page(
            shop, HttpMethod.Post, link, ("choice", "ask"), ("email", "aoi@example.jp")), StringComparison.Ordinal);
        var mail = await File.ReadAllTextAsync(Assert.Single(
            Directory.EnumerateFiles(System.IO.Path.Combine(shop.Folder, "outbox"), "*.eml")));
        var proof = Path(Proof().Match(mail.Replace("=\r\n", "", StringComparison.Ordinal)).Value);

        Assert.Contains("LINEと連携する", await Page(shop, HttpMethod.Get, proof), StringComparison.Ordinal);
        var dialog = Dialog().Match(await Page(shop, HttpMethod.Post, proof, ("choice", "confirm")));
        Assert.Equal($"token of {LineShop.Somebody}", Uri.UnescapeDataString(dialog.Groups[1].Value));
        Assert.NotEqual((await shop.Customer())!.Id, (await shop.Customer("email:aoi@example.jp"))!.Id);
        using (await shop.Post(LineShop.Event(
            "accountLink", "01B", $$""","link":{"result":"ok","nonce":"{{dialog.Groups[2].Value}}"}""")))
            await shop.Idle();
        var one = (await shop.Customer())!;
        Assert.Equal(one.Id, (await shop.Customer("email:aoi@example.jp"))!.Id);
        Assert.Equal("佐藤", one.FamilyName);

        Assert.Contains("連携を解除する", await Page(shop, HttpMethod.Get, link), StringComparison.Ordinal);
        await Page(shop, HttpMethod.Post, link, ("choice", "unlink"));
        Assert.NotEqual(one.Id, (await shop.Customer())!.Id);
        Assert.Empty(sink.Wrong);
    }

    [Fact]
    public async Task Who_does_not_know_the_address_gives_an_order_and_a_telephone_and_learns_nothing_else()
    {
        await using var sink = await LineSink.Start();
        await using var shop = await LineShop.Open(Files, sink.Url);
        using (await shop.Post(LineShop.Event("follow", "01A"))) await shop.Idle();
        var link = Path(Button().Match(Assert.Single(sink.Delivered).Message).Groups[1].Value);
        var asks = await Page(shop, HttpMethod.Get, link);
        Assert.Contains("name=\"order\"", asks, StringComparison.Ordinal);
        Assert.Contains("name=\"phone\"", asks, StringComparison.Ordinal);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var page = await Page(
            shop, HttpMethod.Post, link, ("choice", "order"), ("order", "1001"), ("phone", "090-1234-5678"));
        Assert.Contains("そのときのメールアドレスに", page, StringComparison.Ordinal);
        // As long as where a mail goes.
        Assert.True(watch.Elapsed > TimeSpan.FromSeconds(0.9));
        Assert.False(Directory.Exists(System.IO.Path.Combine(shop.Folder, "outbox"))
            && Directory.EnumerateFiles(System.IO.Path.Combine(shop.Folder, "outbox"), "*.eml").Any());
    }

    [Fact]
    public async Task More_than_three_mails_in_ten_minutes_are_not_sent_from_one_link()
    {
        await using var sink = await LineSink.Start();
        await using var shop = await LineShop.Open(Files, sink.Url);
        using (await shop.Post(LineShop.Event("follow", "01A"))) await shop.Idle();
        var link = Path(Button().Match(Assert.Single(sink.Delivered).Message).Groups[1].Value);
        for (var n = 0; n < 5; n++)
        {
            using var answer = await shop.Http.PostAsync(link, new FormUrlEncodedContent(
                new Dictionary<string, string> { ["choice"] = "ask", ["email"] = "nobody@example.jp" }));
            Assert.Equal(n < 3 ? HttpStatusCode.OK : HttpStatusCode.TooManyRequests, answer.StatusCode);
        }
        using var nothing = await shop.Http.GetAsync("/line/link/made-up");
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
    }

    [Fact]
    public async Task What_cannot_be_an_address_counts_for_its_own_link_alone()
    {
        await using var sink = await LineSink.Start();
        await using var shop = await LineShop.Open(Files, sink.Url);
        var answers = await Task.WhenAll(Enumerable.Range(0, 7).Select(n => shop.Http.PostAsync(
            $"/line/link/made-up-{n}",
            new FormUrlEncodedContent(new Dictionary<string, string> { ["choice"] = "ask", ["email"] = "hello" }))));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode));
        foreach (var answer in answers) answer.Dispose();
    }

    private static async Task<string> Page(
        LineShop shop, HttpMethod method, string path, params (string Name, string Value)[] form)
    {
        using var request = new HttpRequestMessage(method, path);
        if (method == HttpMethod.Post)
            request.Content = new FormUrlEncodedContent(form.ToDictionary(field => field.Name, field => field.Value));
        using var answer = await shop.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    private static string Path(string url)
    {
        Assert.StartsWith(LineShop.PublicUrl, url, StringComparison.Ordinal);
        return url[LineShop.PublicUrl.Length..];
    }

    [GeneratedRegex("\"uri\":\"([^\"]+)\"")] private static partial Regex Button();

    [GeneratedRegex(@"https://shop\.example/line/prove/[A-Za-z0-9_-]+")] private static partial Regex Proof();

    [GeneratedRegex(@"accountLink\?linkToken=([^&]+)&nonce=([A-Za-z0-9_-]+)")] private static partial Regex Dialog();
}

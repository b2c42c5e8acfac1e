using System.Text.RegularExpressions;
using Automation.Marketing.Chat;
using Automation.Marketing.Intake;
using Automation.Marketing.People;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Automation.Console.Tests.Browser;

/// <summary>The chat on a plain page of another origin, in a real browser, against the running product.</summary>
[Trait("Needs", "Chromium")]
public sealed partial class WidgetTests(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime, IDisposable
{
    private readonly OpenShop shop = new();
    private WebApplication? site;

    private Uri Site => new(site!.Urls.First());

    public async Task InitializeAsync()
    {
        await shop.InitializeAsync();
        site = WebApplication.CreateSlimBuilder().Build();
        site.Urls.Add("http://127.0.0.1:0");
        site.MapGet("/{language}", (string language) => Results.Content($"""
            <!DOCTYPE html><html lang="{language}"><head><title>店</title>
            <script src="{shop.Address}chat/widget.js" data-language="{language}" async></script></head>
            <body><main><h1>店</h1><p><a href="/{language}">茶</a></p></main></body></html>
            """, "text/html; charset=utf-8"));
        site.MapGet("/frame", () => Results.Content($"""
            <!DOCTYPE html><html lang="ja"><head><title>店</title></head>
            <body><h1>店</h1><iframe title="チャット" src="{shop.Address}chat/frame"></iframe></body></html>
            """, "text/html; charset=utf-8"));
        await site.StartAsync();
        await shop.Change("shop.json", text => text.Replace(
            "\"origins\": [", $"\"origins\": [ \"{$"{Site}".TrimEnd('/')}\",", StringComparison.Ordinal));
        Assertions.SetDefaultExpectTimeout(60_000);
        await Order("1001", "aoi@example.jp", "煎茶");
    }

    [Fact]
    public async Task A_visitor_asks_proves_an_order_and_is_handed_over_to_a_person_who_answers()
    {
        var page = await Open("ja", 390);
        // With the keyboard alone: to the button, into the dialog, a question.
        var button = page.GetByRole(AriaRole.Button, new() { Name = "チャットで質問する" });
        await Expect(button).ToBeVisibleAsync();
        for (var n = 0; n < 10 && !await HasFocus(button); n++) await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToBeVisibleAsync();
        var log = page.GetByRole(AriaRole.Log);
        await Expect(page.GetByLabel("メッセージ")).ToBeFocusedAsync();
        await Type(page, "送料はいくらですか");
        await Expect(log).ToContainTextAsync("送料は");
        await Expect(log.GetByRole(AriaRole.Button, new() { Name = "はい、解決しました" })).ToBeVisibleAsync();
        Assert.Empty(await Axe.Mistakes(page));
        await Chromium.Photograph(page, "widget-ja-390");

        // Not a word before the order is proved.
        await Type(page, "注文番号 #1001 はいつ届きますか");
        var prove = log.GetByRole(AriaRole.Button, new() { Name = "ご注文を確認する" });
        await Expect(prove).ToBeVisibleAsync();
        await Expect(log).Not.ToContainTextAsync("承っております");
        await prove.ClickAsync();
        await Expect(page.GetByLabel("ご注文番号")).ToBeFocusedAsync();
        await page.GetByLabel("ご注文番号").FillAsync("1001");
        await page.GetByLabel("ご注文時のメールアドレス").FillAsync("aoi@example.jp");
        await page.Keyboard.PressAsync("Enter");
        var code = page.GetByLabel("確認コード（6桁）");
        await Expect(code).ToBeFocusedAsync();
        Assert.Empty(await Axe.Mistakes(page));
        await code.FillAsync(Code());
        await page.Keyboard.PressAsync("Enter");
        await Expect(log).ToContainTextAsync("ご注文 #1001");
        await Type(page, "いつ届きますか");
        await Expect(log.GetByText("発送の記録はまだありません")).ToHaveCountAsync(2);

        // To a person, whose answer comes by itself.
        await Type(page, "担当者と話したいです");
        await Expect(log).ToContainTextAsync("お返事");
        var waiting = await Waiting();
        Assert.Equal(DeskOutcome.Sent, await shop.Product.Get<ChatDesk>().Answer(
            waiting, "f1", "お待たせしました。<b>店長</b>です。", "mika", CancellationToken.None));
        await Expect(log).ToContainTextAsync("お待たせしました。<b>店長</b>です。");

        // Escape leads back to the button; who comes back finds what was said.
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToBeHiddenAsync();
        Assert.True(await HasFocus(button));
        await page.ReloadAsync();
        await button.ClickAsync();
        await Expect(log).ToContainTextAsync("お待たせしました。");
        Assert.Equal(0, await Chromium.TooWide(page));
        Assert.Empty(await page.Context.CookiesAsync());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_message_that_found_no_connection_is_sent_again_and_is_one()
    {
        var page = await Open("en", 1280, isDark: true);
        var isCut = true;
        await page.RouteAsync("**/chat/messages", async route =>
        {
            // The first try arrives, and its answer does not.
            if (!isCut || route.Request.Method != "POST") { await route.ContinueAsync(); return; }
            isCut = false;
            await route.FetchAsync();
            await route.AbortAsync();
        });
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask us in the chat" }).ClickAsync();
        await Type(page, "How much is shipping?");
        var log = page.GetByRole(AriaRole.Log);
        await Expect(log.GetByText("How much is shipping?")).ToHaveCountAsync(1);
        await Expect(log.GetByRole(AriaRole.Button, new() { Name = "Yes, it did" })).ToBeVisibleAsync();
        Assert.Empty(await Axe.Mistakes(page));
        await Chromium.Photograph(page, "widget-en-1280-dark");
        // The focus stays in the dialog.
        for (var n = 0; n < 25; n++)
        {
            await page.Keyboard.PressAsync("Tab");
            Assert.True(await page.EvaluateAsync<bool>("document.activeElement.matches('[data-chat]')"));
        }
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task In_a_frame_it_is_open_for_pages_of_the_shop()
    {
        var page = await Open("frame", 1280);
        var frame = page.FrameLocator("iframe");
        await Expect(frame.GetByRole(AriaRole.Region)).ToBeVisibleAsync();
        await frame.GetByLabel("メッセージ").FillAsync("送料はいくらですか");
        await frame.GetByRole(AriaRole.Button, new() { Name = "送信" }).ClickAsync();
        await Expect(frame.GetByRole(AriaRole.Log)).ToContainTextAsync("送料は");
        await page.Context.CloseAsync();
    }

    private async Task<IPage> Open(string path, int width, bool isDark = false)
    {
        var context = await chromium.Browser.NewContextAsync(new()
        {
            BaseURL = Site.AbsoluteUri,
            ViewportSize = new() { Width = width, Height = 844 },
            ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
        });
        context.SetDefaultTimeout(60_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync($"/{path}");
        return page;
    }

    private static async Task Type(IPage page, string text)
    {
        await page.Locator("textarea").FocusAsync();
        await page.Keyboard.InsertTextAsync(text);
        await page.Keyboard.PressAsync("Enter");
    }

    private static Task<bool> HasFocus(ILocator one) =>
        one.EvaluateAsync<bool>("one => one === one.getRootNode().activeElement");

    private string Code() => Directory.EnumerateFiles(shop.Outbox, "*.eml")
        .Select(file => MimeKit.MimeMessage.Load(file))
        .Where(mail => $"{mail.To}".Contains("aoi@example.jp", StringComparison.Ordinal))
        .Select(mail => Digits().Match(mail.TextBody ?? "").Value).First(digits => digits.Length > 0);

    private async Task<string> Waiting()
    {
        while (true)
        {
            await foreach (var row in shop.Product.Get<Automation.Marketing.Tables>().Attention.Query(
                new() { PartitionKey = Conversations.Waiting })) return row.RowKey;
            await Task.Yield();
        }
    }

    private Task Order(string number, string email, string title) =>
        shop.Product.Get<OrderIngestion>().Handle("main", new SourceEvent.OrderUpserted(
            new()
            {
                Source = "main",
                Id = number,
                Number = $"#{number}",
                PlacedAt = DateTimeOffset.UtcNow.AddDays(-2),
                UpdatedAt = DateTimeOffset.UtcNow.AddDays(-2),
                Currency = "JPY",
                Total = 1296,
                Lines = [new() { Title = title, Quantity = 1, Price = 1296, ProductId = $"p{number}" }],
            },
            new Buyer
            {
                Identities = [new(Identity.Email, email)],
                Email = email,
                SeenAt = DateTimeOffset.UtcNow.AddDays(-2),
            }));

    public async Task DisposeAsync()
    {
        if (site is not null) await site.DisposeAsync();
        await shop.DisposeAsync();
    }

    public void Dispose() => shop.Dispose();

    [GeneratedRegex(@"(?<!\d)\d{6}(?!\d)")]
    private static partial Regex Digits();
}

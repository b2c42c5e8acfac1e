using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Automation.Functions.Console;
using Automation.Functions.Hosting;
using Automation.Functions.Local;
using Automation.Functions.Tests.Hosting;
using Automation.Marketing.Access;
using Automation.Marketing.Chat;
using Automation.Marketing.Intake;
using Automation.Marketing.People;
using Automation.Marketing.Shop;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Automation.Console.Tests.Browser;

/// <summary>On a plain page of another origin, at night: a visitor asks, proves an order, is handed over; in time-lapse
/// it becomes morning, and a person answers in the console.</summary>
[Trait("Needs", "Chromium")]
public sealed partial class WidgetNightTests(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime, IDisposable
{
    private const string Key = "the-owners-own-key";

    /// <summary>A Monday, 23:30 in Tokyo, which is still to come.</summary>
    private static readonly DateTimeOffset Night = Next(DayOfWeek.Monday).AddHours(23.5);

    private readonly TemporaryFolder data = new();
    private readonly int port = FreePort();
    private WebApplication? site;
    private LocalHost? host;

    private Uri Address => new($"http://127.0.0.1:{port}/");

    public async Task InitializeAsync()
    {
        var shop = data.File("shop");
        foreach (var file in Directory.EnumerateFiles(
            Path.Combine(AppContext.BaseDirectory, "shop"), "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(
                shop, Path.GetRelativePath(Path.Combine(AppContext.BaseDirectory, "shop"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
        site = WebApplication.CreateSlimBuilder().Build();
        site.Urls.Add("http://127.0.0.1:0");
        site.MapGet("/", () => Results.Content($"""
            <!DOCTYPE html><html lang="ja"><head><title>店</title>
            <script src="{Address}chat/widget.js" data-language="ja" async></script></head>
            <body><main><h1>店</h1></main></body></html>
            """, "text/html; charset=utf-8"));
        await site.StartAsync();
        var settings = Path.Combine(shop, "shop.json");
        await File.WriteAllTextAsync(settings, (await File.ReadAllTextAsync(settings)).Replace(
            "\"origins\": [", $"\"origins\": [ \"{site.Urls.First().TrimEnd('/')}\",", StringComparison.Ordinal));
        Shows(Night);
        Assertions.SetDefaultExpectTimeout(60_000);
        await Open(rate: 1);
        await host!.Get<OrderIngestion>().Handle("main", new SourceEvent.OrderUpserted(
            new()
            {
                Source = "main",
                Id = "1001",
                Number = "#1001",
                PlacedAt = Night.AddDays(-2),
                UpdatedAt = Night.AddDays(-2),
                Currency = "JPY",
                Total = 1296,
                Lines = [new() { Title = "煎茶", Quantity = 1, Price = 1296, ProductId = "p1001" }],
            },
            new Buyer
            {
                Identities = [new(Identity.Email, "aoi@example.jp")],
                Email = "aoi@example.jp",
                SeenAt = Night.AddDays(-2),
            }));
    }

    /// <summary>The data folder's clock.</summary>
    private void Shows(DateTimeOffset moment) => File.WriteAllText(data.File("clock.json"), JsonSerializer.Serialize(
        new ClockAnchor(DateTimeOffset.UtcNow, moment, 1), JsonSerializerOptions.Web));

    private async Task Open(double rate)
    {
        string[] configured =
        [
            $"--Urls=http://127.0.0.1:{port}", $"--Data:Folder={data.Path}", $"--Api:Key={Key}",
            $"--Shop:Folder={data.File("shop")}", "--Site:PublicUrl=http://127.0.0.1:9",
            "--Sources:main:Platform=generic", "--Sources:main:Secret=hush-hush-hush-hush",
            FormattableString.Invariant($"--Clock:Rate={rate}"),
        ];
        host = await LocalHost.Start(SettingsReader.Read(SettingsReader.Gather(configured)));
    }

    [Fact]
    public async Task Handed_over_at_night_the_persons_answer_is_there_in_the_morning()
    {
        await using var context = await chromium.Browser.NewContextAsync(new()
        {
            BaseURL = site!.Urls.First(),
            ViewportSize = new() { Width = 390, Height = 844 },
        });
        context.SetDefaultTimeout(60_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Button, new() { Name = "チャットで質問する" }).ClickAsync();
        var log = page.GetByRole(AriaRole.Log);
        await Type(page, "いつ届きますか");
        await log.GetByRole(AriaRole.Button, new() { Name = "ご注文を確認する" }).ClickAsync();
        await page.GetByLabel("ご注文番号").FillAsync("1001");
        await page.GetByLabel("ご注文時のメールアドレス").FillAsync("aoi@example.jp");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByLabel("確認コード（6桁）")).ToBeFocusedAsync();
        await page.GetByLabel("確認コード（6桁）").FillAsync(Code());
        await page.Keyboard.PressAsync("Enter");
        await Expect(log).ToContainTextAsync("ご注文 #1001");
        await Type(page, "担当者と話したいです");
        var settings = host!.Get<CurrentShop>().Settings;
        var opens = BusinessHours.Next(settings, Night)!.Value;
        await Expect(log).ToContainTextAsync(
            $"{new ChatWords(isJapanese: true, settings).Moment(opens)}以降に順にお返事いたします");
        await Type(page, "包装を変えていただけますか");
        await Expect(log).ToContainTextAsync("承りました");

        // The night, an hour a second; the shop's time goes on, whoever restarts the program.
        await Close();
        await Open(rate: 3600);
        var shop = host.Get<TimeProvider>();
        using (var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50)))
            while (shop.GetUtcNow() < opens) await tick.WaitForNextTickAsync();
        await Close();
        Shows(opens.AddMinutes(5));
        await Open(rate: 1);
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();

        // The person finds who waits, and answers; the page that stayed open has it by itself.
        var (id, promised) = await Waiting();
        Assert.Equal(opens, promised);
        await Answer(id, "おはようございます。包装を変更いたしました。");
        await Expect(log).ToContainTextAsync("おはようございます。包装を変更いたしました。");
        await Chromium.Photograph(page, "widget-morning-390");
        await Expect(log.GetByText("担当者と話したいです")).ToHaveCountAsync(1);
        await Expect(log.GetByText("おはようございます。")).ToHaveCountAsync(1);
        await Type(page, "ありがとうございます");
        await Expect(log).ToContainTextAsync("こちらこそ、ありがとうございます。");
    }

    /// <summary>In the console, by the form of the conversation's page.</summary>
    private async Task Answer(string id, string text)
    {
        using var person = new Visitor(Address) { Language = "ja" };
        person.Cookies[ConsoleDoor.Cookie] = (await host!.Get<Sessions>().Open(Key, default))!.Secret;
        var page = await person.Open($"/console/chats/{id}");
        Assert.Contains("包装を変えていただけますか", page.Body!.TextContent, StringComparison.Ordinal);
        using var sent = await person.Submit(page, $"/console/chats/{id}/answer", new() { ["text"] = text });
        Assert.Matches("done=(sent|mailed)", $"{sent.Headers.Location}");
    }

    private async Task<(string Id, DateTimeOffset? At)> Waiting()
    {
        await foreach (var row in host!.Get<Automation.Marketing.Tables>().Attention.Query(
            new() { PartitionKey = Conversations.Waiting }))
            return (row.RowKey, row.GetDateTimeOffset("At"));
        throw new InvalidOperationException("Nobody waits.");
    }

    private static async Task Type(IPage page, string text)
    {
        await page.Locator("textarea").FocusAsync();
        await page.Keyboard.InsertTextAsync(text);
        await page.Keyboard.PressAsync("Enter");
    }

    private string Code() => Directory.EnumerateFiles(data.File("outbox"), "*.eml")
        .Select(file => MimeKit.MimeMessage.Load(file))
        .Where(mail => $"{mail.To}".Contains("aoi@example.jp", StringComparison.Ordinal))
        .Select(mail => Digits().Match(mail.TextBody ?? "").Value).First(digits => digits.Length > 0);

    /// <summary>The next such day but one, 00:00 in Tokyo.</summary>
    private static DateTimeOffset Next(DayOfWeek weekday)
    {
        var day = DateTime.UtcNow.Date.AddDays(2);
        while (day.DayOfWeek != weekday) day = day.AddDays(1);
        return new(DateTime.SpecifyKind(day, DateTimeKind.Unspecified), TimeSpan.FromHours(9));
    }

    private static int FreePort()
    {
        using var free = new TcpListener(System.Net.IPAddress.Loopback, 0);
        free.Start();
        return ((System.Net.IPEndPoint)free.LocalEndpoint).Port;
    }

    private async Task Close()
    {
        if (host is not null) await host.DisposeAsync();
        host = null;
    }

    public async Task DisposeAsync()
    {
        await Close();
        if (site is not null) await site.DisposeAsync();
    }

    public void Dispose() => data.Dispose();

    [GeneratedRegex(@"(?<!\d)\d{6}(?!\d)")]
    private static partial Regex Digits();
}

using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Automation.Console.Tests.Browser;
using Automation.Marketing;
using Automation.Marketing.Choices;
using Automation.Marketing.Mails;
using Automation.Marketing.Orders;
using Automation.Marketing.People;
using Automation.Marketing.Publishing;
using Automation.Marketing.Segments;
using Automation.Marketing.Shop;
using Microsoft.Playwright;

namespace Automation.Console.Tests.Mails;

/// <summary>The mails of the shop that comes with the product, as people see them: on a phone and on a desk, by day and
/// by night; as they looked when somebody last looked (<see cref="Looks"/>). With SCREENSHOTS naming a folder, for
/// people to look at.</summary>
[Trait("Needs", "Chromium")]
public sealed class MailScreenTests(Chromium chromium) : IClassFixture<Chromium>
{
    private static readonly ShopContents Contents = ShopFolder.Read(Folder());
    private static readonly ShopSettings Shop = Contents.Imagined!;

    private static string Folder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../shop"));

    private static readonly string[] All =
        [Everything, .. Contents.Mails.Keys, .. Contents.Issues.Select(issue => $"{issue.Newsletter}/{issue.Name}")];

    /// <summary>One with everything, an order's, an issue's; with THOROUGH=1 all of them.</summary>
    public static TheoryData<string> Names => Environment.GetEnvironmentVariable("THOROUGH") == "1"
        ? [.. All] : [Everything, "welcome/thank-you", All[^1]];

    /// <summary>As docs/mails.md advises, bytes.</summary>
    private const long LargestPicture = 40 * 1024;

    /// <summary>One of all there is, beside the shop's own.</summary>
    private const string Everything = "everything";

    private const string Written = """
        ---
        subject: 全部入り
        ---
        # 見出し

        [![湯気の立つお茶](pictures/hero-tea.png){width=50%}](https://tsukinagi.example.jp/)

        ```coupon
        {{coupon.code}}
        次のお買い物でお使いください。{{#if coupon.expires}}{{date coupon.expires "M月d日"}}まで。{{/if}}
        ```

        |  |  |
        |---|---:|
        {{#each order.lines}}
        | {{title}} × {{quantity}} | {{money price}} |
        {{/each}}
        | **合計** | {{money order.total}} |

        ```products sencha-asamoya, kohiki-yunomi
        ```

        ```order
        ```

        > 引用と、[文中のリンク](https://tsukinagi.example.jp/)。

        ```social
        ```
        """;

    /// <summary>What a look at a page says: is it too wide, pictures that are missing or too wide, words that cannot be
    /// read, the ground.</summary>
    private sealed record Seen(
        int Overflow, string[] Pictures, string[] Pale, string Ground, int Products, int Beside, string[] Rows);

    private const string Looking = """
        () => {
          const rgb = c => (c.match(/[\d.]+/g) ?? []).map(Number);
          const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
            .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
            .reduce((sum, v, n) => sum + v * [.2126, .7152, .0722][n], 0);
          const ground = e => {
            for (; e; e = e.parentElement) {
              const c = rgb(getComputedStyle(e).backgroundColor);
              if (c.length === 3 || c[3] > 0) return c;
            }
            return [255, 255, 255];
          };
          const pale = [], words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (words.nextNode()) {
            const text = words.currentNode.data.trim(), e = words.currentNode.parentElement;
            if (!text || !e.getClientRects().length || getComputedStyle(e).opacity === '0') continue;
            const [a, b] = [light(rgb(getComputedStyle(e).color)), light(ground(e))].sort((x, y) => y - x);
            const contrast = (a + .05) / (b + .05);
            if (contrast < 4.5) pale.push(`${text.slice(0, 30)} ${contrast.toFixed(1)}`);
          }
          const seen = [...document.images].filter(i => i.getClientRects().length);
          const cards = [...document.querySelectorAll('.product')];
          const tops = cards.map(c => Math.round(c.getBoundingClientRect().top));
          return JSON.stringify({
            overflow: document.documentElement.scrollWidth - innerWidth,
            pictures: seen.filter(i => !i.getAttribute('width') || !i.naturalWidth || i.alt === null
              || i.getBoundingClientRect().right > innerWidth).map(i => i.src),
            pale, ground: getComputedStyle(document.body).backgroundColor,
            products: cards.length, beside: Math.max(0, ...tops.map(t => tops.filter(o => o === t).length)),
            rows: [...document.querySelectorAll('table.order tr')].map(r => r.innerText.replace(/\s+/g, ' ').trim()),
          });
        }
        """;

    [Fact]
    public void Every_mail_is_small_enough_to_be_shown_whole() =>
        Assert.All(All, name =>
            Assert.InRange(Encoding.UTF8.GetByteCount(Render(name).Html), 1, MailLint.LargestHtml));

    [Fact]
    public void Every_picture_of_the_shop_is_on_a_phone_at_once() =>
        Assert.All(Directory.GetFiles(Path.Combine(Folder(), "pictures")), picture =>
            Assert.InRange(new FileInfo(picture).Length, 1, LargestPicture));

    [Theory, MemberData(nameof(Names))]
    public async Task Every_mail_is_read_on_a_phone_and_on_a_desk_by_day_and_by_night(string name)
    {
        var mail = Render(name);
        foreach (var (look, seen) in await See(mail.Html, name.Replace('/', '-')))
        {
            Assert.True(seen.Overflow <= 0, $"{look}: {seen.Overflow} pixels too wide");
            Assert.Empty(seen.Pictures);
            Assert.Empty(seen.Pale);
            Assert.Equal(look.IsDark ? "rgb(23, 25, 26)" : "rgb(244, 244, 241)", seen.Ground);
            if (mail.Html.Contains("class=\"order\"", StringComparison.Ordinal))
                Assert.Equal(
                    ["深蒸し煎茶「朝もや」 80g × 2 ¥2,596", "粉引の湯のみ 白 × 1 ¥2,860",
                        name.EndsWith(".en", StringComparison.Ordinal) ? "Total ¥5,456" : "合計 ¥5,456"],
                    seen.Rows);
            if (seen.Products > 1) Assert.Equal(look.Width < 600 ? 1 : seen.Products, seen.Beside);
        }
    }

    public static TheoryData<string> Pages => ["settings", "stopped", "address", "another"];

    [Theory, MemberData(nameof(Pages))]
    public async Task The_customers_page_is_read_on_a_phone_and_on_a_desk_by_day_and_by_night(string name)
    {
        var customer = Sample.All(Shop, At, Occasion.None)[0].Situation.Customer with
        {
            Consent = new Dictionary<string, ConsentRecord>
            {
                ["email"] = new(
                    name == "stopped" ? ConsentState.Withdrawn : ConsentState.Given, At, "checkout"),
                ["line"] = new(ConsentState.Given, At, "line"),
            },
        };
        var html = name switch
        {
            "address" => AddressPage.Html(new(customer, "hanako@new.example.jp", AddressStep.Asks), Shop),
            "another" => AddressPage.Html(null, Shop),
            _ => PreferencePage.Html(
                new PreferenceView
                {
                    Customer = customer,
                    Channel = "email",
                    Topics = [new("weekly", "月凪のお便り")],
                    Now = At,
                    Chosen = null,
                    MayAsk = true,
                    Undo = null,
                    Address = AddressAnswer.Sent,
                }, Shop),
        };
        foreach (var (look, seen) in await See(html, $"page-{name}"))
        {
            Assert.True(seen.Overflow <= 0, $"{look}: {seen.Overflow} pixels too wide");
            Assert.Empty(seen.Pale);
            Assert.Equal(look.IsDark ? "rgb(23, 25, 26)" : "rgb(244, 244, 241)", seen.Ground);
        }
    }

    private static readonly Browser.Look[] Looked =
        [new("ja", 390), new("ja", 390, true), new("ja", 700), new("ja", 700, true)];

    /// <summary>Everything that is known of somebody who bought two things, and three suggestions.</summary>
    private static RenderedMail Render(string name)
    {
        var source = name == Everything ? MailSource.Parse(name, Written).Source!
            : Contents.Mails.TryGetValue(name, out var file)
            ? MailSource.Parse(name, File.ReadAllText(file)).Source!
            : Contents.Issues.Where(issue => $"{issue.Newsletter}/{issue.Name}" == name)
                .Select(issue => MailSource.Parse(name, Plain(File.ReadAllText(issue.Path))).Source!).Single();
        var template = MailTemplate.Compile(source).Template!;
        Assert.Empty(MailCheck.Check(
            template, Shop, Sample.All(Shop, At, Occasion.For(template, Shop)), source.Purpose ?? Purpose.Marketing));
        var known = Sample.All(Shop, At, Occasion.For(template, Shop))[0].Situation;
        return template.Render(
            known with
            {
                Order = known.Order is { } order ? order with { Total = 5456, Refunded = 0, Lines = Bought } : null,
                Suggestions = [.. Shop.Recommend.Select(one =>
                    new Suggestion
                    {
                        ProductId = one.Id,
                        Title = one.Title,
                        Url = one.Url,
                        Price = one.Price,
                        ImageUrl = one.ImageUrl,
                    })],
            },
            source.Purpose ?? Purpose.Marketing, "https://shop.example/u/sample");
    }

    private static readonly DateTimeOffset At = new(2026, 11, 25, 1, 0, 0, TimeSpan.Zero);

    private static readonly OrderLine[] Bought =
    [
        new() { ProductId = "sencha-asamoya", Title = "深蒸し煎茶「朝もや」 80g", Quantity = 2, Price = 1298 },
        new() { ProductId = "kohiki-yunomi", Title = "粉引の湯のみ", Variant = "白", Quantity = 1, Price = 2860 },
    ];

    /// <summary>An issue's text as a mail's: without the front matter of subjects that are tried.</summary>
    private static string Plain(string text) => string.Join('\n', text.Split('\n').Where(line =>
        !line.StartsWith("subjectB:", StringComparison.Ordinal)
        && !line.StartsWith("testShare:", StringComparison.Ordinal)
        && !line.StartsWith("decideAfter:", StringComparison.Ordinal)));

    /// <summary>The page, as each of the looks shows it.</summary>
    private async Task<List<(Browser.Look Look, Seen Seen)>> See(string html, string name)
    {
        await using var context = await chromium.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.RouteAsync("https://shop.example/**", async route =>
        {
            var picture = Path.Combine(Folder(), "pictures", Path.GetFileName(new Uri(route.Request.Url).LocalPath));
            if (File.Exists(picture)) await route.FulfillAsync(new() { Path = picture, ContentType = "image/png" });
            else await route.AbortAsync();
        });
        await page.SetContentAsync(html, new() { WaitUntil = WaitUntilState.Load });
        List<(Browser.Look, Seen)> seen = [];
        foreach (var look in Looked)
        {
            await Wear(page, look);
            await Chromium.Photograph(page, $"mail-{name}-{look}");
            var said = await page.EvaluateAsync<string>(Looking);
            seen.Add((look, JsonSerializer.Deserialize<Seen>(said, JsonSerializerOptions.Web)!));
        }
        await Looks.Blur(page);
        foreach (var look in Looked)
        {
            await Wear(page, look);
            await Looks.Hold(page, name, look);
        }
        return seen;
    }

    private static async Task Wear(IPage page, Browser.Look look)
    {
        await page.SetViewportSizeAsync(look.Width, 900);
        await page.EmulateMediaAsync(new() { ColorScheme = look.IsDark ? ColorScheme.Dark : ColorScheme.Light });
    }
}

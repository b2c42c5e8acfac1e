using Microsoft.Playwright;

namespace Automation.Console.Tests.Browser;

/// <summary>Every page in a real browser: it fits, says what it is, and leaves nobody out.</summary>
[Trait("Needs", "Chromium")]
[Collection(DemoShop.Name)]
public sealed class PageTests(Chromium chromium, DemoShop demo) : IClassFixture<Chromium>
{
    /// <summary>Those that hold a bit of everything: cards, pictures, tables, forms, an editor.</summary>
    private static readonly string[] Usual =
    [
        "/console", "/console/insights", "/console/customers", "/console/journeys/second-purchase",
        $"/console/newsletters/weekly/{NextWednesday():yyyy-MM-dd}/edit",
    ];

    /// <summary>With THOROUGH=1 the others too; without what is in an address by chance, such as a customer.</summary>
    private static readonly string[] Pages = Environment.GetEnvironmentVariable("THOROUGH") != "1" ? Usual :
    [
        .. Usual, "/console/calendar", "/console/newsletters", "/console/newsletters/weekly", "/console/journeys",
        "/console/journeys/win-back/enrollments", "/console/journeys/win-back/versions",
        "/console/journeys/win-back/edit", "/console/journeys/win-back/move", "/console/new-journey",
        "/console/simulator", "/console/replay", "/console/answers", "/console/answers/receipt", "/console/mails",
        "/console/mails/welcome/thank-you", "/console/lines/second-purchase/how-is-it?edit=1",
        "/console/customers/late",
        "/console/segments", "/console/chats", "/console/attention", "/console/audit", "/console/sessions",
        "/console/setup", "/console/setup/shop", "/console/setup/import", "/console/parts",
    ];

    public static TheoryData<string, int, bool, bool> Looks => new()
    {
        { "ja", 1280, false, true }, { "ja", 390, false, true },
        { "en", 390, true, true }, { "en", 1280, false, false },
    };

    /// <summary>In a week at the latest, and not today: its slot has not come.</summary>
    private static DateOnly NextWednesday()
    {
        var day = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(2);
        while (day.DayOfWeek != DayOfWeek.Wednesday) day = day.AddDays(1);
        return day;
    }

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Every_page_fits_says_what_it_is_and_axe_finds_nothing_serious(
        string language, int width, bool isDark, bool hasScript)
    {
        var look = new Look(language, width, isDark, hasScript);
        var page = await demo.Shop.Window(chromium, look);
        List<string> wrong = [];
        foreach (var path in Pages)
        {
            var answer = await page.GotoAsync(path);
            if (answer!.Status != 200) wrong.Add($"{path}: {answer.Status}");
            await Chromium.Photograph(page, $"{path.Trim('/').Replace('/', '-')}-{look}");
            if (await page.Locator("html").GetAttributeAsync("lang") != language)
                wrong.Add($"{path}: another language");
            if (await page.Locator("h1").CountAsync() != 1) wrong.Add($"{path}: not one heading");
            if (!hasScript) continue;
            if (await Chromium.TooWide(page) is > 0 and var over) wrong.Add($"{path}: {over} px too wide");
            if (width == 390) wrong.AddRange((await Axe.Mistakes(page)).Select(one => $"{path}: {one}"));
        }
        await page.Context.CloseAsync();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }
}

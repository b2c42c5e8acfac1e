using System.Globalization;
using System.Text.RegularExpressions;
using Automation.Marketing.Inbox;
using Automation.Marketing.Journeys;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Automation.Console.Tests.Browser;

/// <summary>The main job of each page, done in a real browser on a shop with a year behind it: in both languages, on a
/// phone and on a desk, with JavaScript and without.</summary>
[Trait("Needs", "Chromium")]
[Collection(DemoShop.Name)]
public sealed partial class JobTests(Chromium chromium, DemoShop demo) : IClassFixture<Chromium>
{
    public static TheoryData<string, int, bool> Looks => Environment.GetEnvironmentVariable("THOROUGH") == "1"
        ? new()
        {
            { "ja", 390, true }, { "en", 1280, false }, { "ja", 1280, true }, { "en", 390, true },
            { "ja", 390, false }, { "ja", 1280, false }, { "en", 390, false }, { "en", 1280, true },
        }
        : new() { { "ja", 390, true }, { "en", 1280, false } };

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Each_page_does_what_it_is_for(string language, int width, bool hasScript)
    {
        var look = new Look(language, width, IsDark: false, hasScript);
        var page = await demo.Shop.Window(chromium, look);
        SetDefaultExpectTimeout(60_000);
        var desk = new Desk(page, look);
        await Today(desk);
        await SkipASlot(desk);
        await WriteAnIssue(desk);
        await ChangeAJourney(desk);
        await Simulate(desk);
        await ChangeAMail(desk);
        await StopACustomersLetters(desk);
        await ReadInsights(desk);
        await DropWhatWasSetAside(desk);
        await ChangeTheShop(desk);
        await BringInAFile(desk);
        await page.Context.CloseAsync();
    }

    /// <summary>What needs somebody leads to where it is done.</summary>
    private static async Task Today(Desk desk)
    {
        await desk.Page.GotoAsync("/console");
        // Who is in journeys: what is of today alone begins at midnight.
        await Expect(desk.Page.Locator(".figure").Nth(3)).ToContainTextAsync(new Regex("[1-9]"));
        await desk.Page.Locator(".rows a.button[href^='/console/attention#']").First.ClickAsync();
        await Expect(desk.Page).ToHaveURLAsync(new Regex("/console/attention#"));
        await Expect(desk.Page.Locator(".card .rows a.button").First).ToBeVisibleAsync();
    }

    private static async Task SkipASlot(Desk desk)
    {
        await desk.Page.GotoAsync("/console/calendar");
        var skips = desk.Page.Locator("form[action$='/do/cancel'] button");
        var before = await skips.CountAsync();
        await skips.Last.ClickAsync();
        await Expect(desk.Page.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        await Expect(skips).ToHaveCountAsync(before - 1);
        await desk.Page.Locator("form[action$='/do/resume'] button").First.ClickAsync();
        await Expect(skips).ToHaveCountAsync(before);
    }

    /// <summary>Written, looked at on a phone, tried on oneself, kept as a draft, published.</summary>
    private static async Task WriteAnIssue(Desk desk)
    {
        await desk.Page.GotoAsync("/console/newsletters/weekly");
        var slots = desk.Page.Locator(".card", new() { Has = desk.Page.Locator("#next") }).Locator("li");
        await slots.Last.Locator("a").Last.ClickAsync();
        await Expect(desk.Page).ToHaveURLAsync(new Regex("/edit$"));
        await desk.Write(desk.Page.Locator("#text"),
            "---\nsubject: 冬のはじめの、ほうじ茶\n---\n{{customer.salutation}}\n\n今週もお便りをお届けします。\n");
        await desk.Page.Locator("input[name=look][value=phone]").CheckAsync();
        await desk.Page.Locator("button[value=show]").ClickAsync();
        await Expect(desk.Page.FrameLocator("iframe[name=preview]").Locator("body"))
            .ToContainTextAsync("今週もお便りをお届けします。");
        await desk.Page.Locator("#testTo").FillAsync("mika@example.jp");
        await desk.Page.Locator("button[value=test]").ClickAsync();
        await Expect(desk.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("mika@example.jp");
        await desk.Page.Locator("button[value=draft]").ClickAsync();
        await Expect(desk.Page.Locator("main .badge").First).ToHaveTextAsync(desk.Say("下書き", "draft"));
        await desk.Page.Locator("main a[href$='/edit']").First.ClickAsync();
        await desk.Page.Locator("button[value=save]").ClickAsync();
        await Expect(desk.Page.Locator("main .badge").First).ToHaveTextAsync(desk.Say("準備完了", "ready"));
    }

    /// <summary>Broken, told the line, mended, played, published beside whoever is in it.</summary>
    private async Task ChangeAJourney(Desk desk)
    {
        const string id = "second-purchase";
        var before = demo.Shop.Product.Get<PublishedJourneys>().Latest(id)!;
        var text = await File.ReadAllTextAsync(Path.Combine(demo.Shop.Folder, $"journeys/{id}.json"));
        await desk.Page.GotoAsync($"/console/journeys/{id}/edit");
        await desk.Write(desk.Page.Locator("#text"), text.Replace("\"upTo\"", "\"upToo\"", StringComparison.Ordinal));
        await desk.Page.Locator("button[value=check]").ClickAsync();
        var line = text.Split('\n').ToList().FindIndex(one => one.Contains("\"upTo\"", StringComparison.Ordinal)) + 1;
        await Expect(desk.Page.Locator($".problems a[href='#line-{line}']").First).ToBeVisibleAsync();
        var name = string.Create(CultureInfo.InvariantCulture, $"二回目のお買い物 {before.Version + 1}");
        await desk.Write(desk.Page.Locator("#text"),
            text.Replace(before.Journey.Name, name, StringComparison.Ordinal));
        await desk.Page.Locator("button[value=simulate]").ClickAsync();
        await Expect(desk.Page.Locator("#scenarios")).ToBeVisibleAsync();
        await desk.Page.Locator("button[value=publish]").ClickAsync();
        await Expect(desk.Page.Locator("fieldset.move legend").First).ToContainTextAsync(new Regex("[0-9]"));
        await desk.Page.Locator("form[action$='/publish'] button.primary").ClickAsync();
        await Chromium.Arrived(desk.Page, $"/console/journeys/{id}?done=published");
        await Expect(desk.Page.Locator("h1")).ToHaveTextAsync(name);
        Assert.Equal(before.Version + 1, demo.Shop.Product.Get<PublishedJourneys>().Latest(id)!.Version);
    }

    private static async Task Simulate(Desk desk)
    {
        await desk.Page.GotoAsync("/console/simulator?journey=welcome");
        await desk.Page.Locator("button.primary[value=play]").ClickAsync();
        await Expect(desk.Page.Locator("#diary")).ToBeVisibleAsync();
        await Expect(desk.Page.Locator("pre").First).ToContainTextAsync("day  0");
        await desk.Page.Locator("details.mail summary").First.ClickAsync();
        await Expect(desk.Page.Locator("details.mail").First.Locator("pre, iframe").First).ToBeVisibleAsync();
    }

    private static async Task ChangeAMail(Desk desk)
    {
        await desk.Page.GotoAsync("/console/mails");
        await desk.Page.Locator("a[href='/console/mails/win-back/how-are-you']").First.ClickAsync();
        await desk.Page.Locator("main a[href*='edit']").First.ClickAsync();
        await desk.Write(desk.Page.Locator("#text"), $"---\nsubject: お変わりありませんか({desk.Look})\npurpose: "
            + "marketing\n---\n{{customer.salutation}}\n\nまたお待ちしております。\n");
        await desk.Page.Locator("button[value=save]").ClickAsync();
        await Expect(desk.Page.Locator("h1")).ToContainTextAsync($"お変わりありませんか({desk.Look})");
    }

    /// <summary>Found by name, read, stopped after a question.</summary>
    private static async Task StopACustomersLetters(Desk desk)
    {
        await desk.Page.GotoAsync("/console/segments/weekly");
        var readers = desk.Page.Locator("tbody tr", new() { Has = desk.Page.Locator(".badge.good") });
        var name = (await readers.First.Locator("th a").TextContentAsync())!;
        await desk.Page.GotoAsync("/console/customers");
        await desk.Page.Locator("#q").FillAsync(name);
        await desk.Page.Locator("form[role=search] button").ClickAsync();
        await readers.First.Locator("th a").ClickAsync();
        await Expect(desk.Page.Locator("#consent")).ToBeVisibleAsync();
        await desk.Agree(desk.Page.Locator("form[action$='/stop']"));
        await Expect(desk.Page.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        await Expect(desk.Page.Locator(".card", new() { Has = desk.Page.Locator("#consent") }).Locator(".badge").First)
            .Not.ToHaveClassAsync(new Regex("good"));
    }

    private static async Task ReadInsights(Desk desk)
    {
        await desk.Page.GotoAsync("/console/insights");
        await Expect(desk.Page.Locator("table.heat tbody tr").First).ToBeVisibleAsync();
        await desk.Page.Locator("details.figures summary").First.ClickAsync();
        await Expect(desk.Page.Locator("details.figures table").First).ToBeVisibleAsync();
        await Expect(desk.Page.Locator(".card", new() { Has = desk.Page.Locator("#rhythms") }).Locator("svg"))
            .ToBeVisibleAsync();
    }

    private async Task DropWhatWasSetAside(Desk desk)
    {
        await demo.Shop.Product.Get<Parking>().Park(new Envelope
        {
            Source = "main",
            Topic = "cloudevents",
            ReceivedAt = DateTimeOffset.UtcNow,
            Body = "{ broken"u8.ToArray(),
        }, $"not JSON: {desk.Look}");
        await desk.Page.GotoAsync("/console/attention");
        var row = desk.Page.Locator(".rows > li", new() { HasText = $"not JSON: {desk.Look}" });
        await row.Locator("a.button").ClickAsync();
        await Expect(desk.Page.Locator("pre")).ToContainTextAsync("{ broken");
        await desk.Agree(desk.Page.Locator("form[action$='/drop']"));
        await Chromium.Arrived(desk.Page, "/console/attention?done=dropped");
        await Expect(row).ToHaveCountAsync(0);
    }

    /// <summary>A mistake is told at its line; mended, it counts.</summary>
    private async Task ChangeTheShop(Desk desk)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(demo.Shop.Folder, "shop.json"));
        await desk.Page.GotoAsync("/console/setup");
        await desk.Page.Locator("a[href='/console/setup/shop']").First.ClickAsync();
        await desk.Write(
            desk.Page.Locator("#text"), text.Replace("\"optOut\"", "\"optOuts\"", StringComparison.Ordinal));
        await desk.Page.Locator("form[action='/console/setup/shop'] button.primary").ClickAsync();
        await Expect(desk.Page.Locator(".problems")).ToContainTextAsync("optOut");
        var color = $"#2f5d{desk.Look.Width % 256:x2}";
        await desk.Write(desk.Page.Locator("#text"), Accent().Replace(text, $"\"accent\": \"{color}\""));
        await desk.Page.Locator("form[action='/console/setup/shop'] button.primary").ClickAsync();
        await Chromium.Arrived(desk.Page, "/console/setup?done=saved");
        await Expect(desk.Page.Locator("main")).ToContainTextAsync(color);
    }

    /// <summary>Chosen, looked at, brought in, found.</summary>
    private static async Task BringInAFile(Desk desk)
    {
        await desk.Page.GotoAsync("/console/setup");
        await desk.Page.Locator("a[href='/console/setup/import']").ClickAsync();
        await desk.Page.Locator("#file").SetInputFilesAsync(new FilePayload
        {
            Name = "past.csv",
            MimeType = "text/csv",
            Buffer = System.Text.Encoding.UTF8.GetBytes($"email,name\npast-{desk.Look}@example.jp,森 美緒\n"),
        });
        await desk.Page.Locator("button[value=try]").ClickAsync();
        await Expect(desk.Page.Locator("pre")).ToContainTextAsync("1 would be imported");
        await desk.Page.Locator("button[value=import]").ClickAsync();
        await Expect(desk.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("past.csv");
        await desk.Page.GotoAsync($"/console/customers?q=past-{desk.Look}@example.jp");
        await Expect(desk.Page.Locator("tbody tr")).ToHaveCountAsync(1);
    }

    [GeneratedRegex("\"accent\": \"#[0-9a-f]{6}\"")]
    private static partial Regex Accent();

    /// <summary>Somebody at a page, as they look at it.</summary>
    private sealed record Desk(IPage Page, Look Look)
    {
        public string Say(string japanese, string english) => Look.Language == "ja" ? japanese : english;

        /// <summary>Types a whole text, over what was there: into the editor, or where there is no script into its
        /// area.</summary>
        public async Task Write(ILocator area, string text)
        {
            if (!Look.HasScript) { await area.FillAsync(text); return; }
            var editor = Page.Locator(".cm-content").First;
            await editor.ClickAsync();
            await Page.Keyboard.PressAsync("Control+a");
            await Page.Keyboard.InsertTextAsync(text);
        }

        /// <summary>Presses a form's button and says yes to what it asks.</summary>
        public async Task Agree(ILocator form)
        {
            await form.Locator(Look.HasScript ? "button" : "summary").First.ClickAsync();
            await (Look.HasScript ? Page.Locator("dialog.confirm button").Last : form.Locator(".question button"))
                .ClickAsync();
        }
    }
}

using System.Text.RegularExpressions;
using Automation.Console.Tests.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Automation.Console.Tests.Islands;

/// <summary>The editor over a textarea, in a real browser, under the console's own policy.</summary>
[Trait("Needs", "Chromium"), Trait("Needs", "Islands")]
public sealed class EditorTests(Chromium chromium, IslandPage pages)
    : IClassFixture<Chromium>, IClassFixture<IslandPage>
{
    private const string Journey = """
        {
          "name": "はじめて",
          "trigger": { "event": "order.placed" },
          "steps": [
            { "do": "wait", "for": "4 days" },
            { "do": "send", "mail": "welcome/enjoy" }
          ]
        }
        """;

    private static string Form(string text, string kind = "json", string more = """data-schema="journey" """) => $"""
        <div class="notice bad">
          <ul class="problems"><li><a href="#line-5">Line 5</a>: four days are too many</li></ul>
        </div>
        <form method="post" action="/posted">
          <label for="file">The journey</label>
          <textarea id="file" name="file" data-editor="{kind}" {more}>{text}</textarea>
          <button id="save">Save</button>
        </form>
        """;

    /// <summary>Enter, as somebody presses it who has read the list: for its first 75 ms the editor takes no Enter for
    /// a choice.</summary>
    private static async Task Take(IPage page)
    {
        await page.WaitForTimeoutAsync(300);
        await page.Keyboard.PressAsync("Enter");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_is_called_as_its_label_and_looks_like_the_page_though_no_style_element_may_be_made(bool isDark)
    {
        await using var window = await pages.Open(chromium, Form(Journey), new("en", 1280, isDark));
        var page = window.Page;
        var editor = page.GetByRole(AriaRole.Textbox, new() { Name = "The journey" });
        await Expect(editor).ToContainTextAsync("order.placed");
        await Expect(page.Locator("#file")).ToBeHiddenAsync();
        await Expect(page.Locator(".cm-editor")).ToHaveCSSAsync("display", "flex");
        await Expect(page.Locator(".cm-gutters"))
            .ToHaveCSSAsync("background-color", isDark ? "rgb(34, 41, 39)" : "rgb(240, 242, 241)");
        await Expect(page.Locator(".cm-lint-marker-error")).ToHaveCountAsync(1);
        await Chromium.Photograph(page, $"editor-{(isDark ? "dark" : "light")}");
        Assert.Empty(await Axe.Mistakes(page));
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task What_is_typed_is_what_is_posted()
    {
        await using var window = await pages.Open(chromium, Form("", more: ""));
        await window.Page.GetByText("The journey").ClickAsync();
        await window.Page.Keyboard.InsertTextAsync("""{ "name": "お茶" }""");
        await window.Page.Locator("#save").ClickAsync();
        await Expect(window.Page.Locator("#posted")).ToBeVisibleAsync();
        Assert.Contains(pages.Posted, form => form["file"] == """{ "name": "お茶" }""");
    }

    [Fact]
    public async Task A_problem_stands_at_its_line_until_somebody_writes_there_and_its_link_leads_into_the_editor()
    {
        await using var window = await pages.Open(chromium, Form(Journey));
        var page = window.Page;
        await Expect(page.Locator(".cm-lintRange-error")).ToHaveTextAsync("""{ "do": "wait", "for": "4 days" },""");
        await page.GetByRole(AriaRole.Link, new() { Name = "Line 5" }).ClickAsync();
        await Expect(page.Locator(".cm-content")).ToBeFocusedAsync();
        await Expect(page.Locator(".cm-line.cm-activeLine")).ToContainTextAsync("4 days");
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.TypeAsync(" ");
        await Expect(page.Locator(".cm-lintRange-error")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Tab_indents_and_after_Escape_it_leaves()
    {
        await using var window = await pages.Open(chromium, Form("text", "markdown", ""));
        var page = window.Page;
        await page.Locator(".cm-content").FocusAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator("#file")).ToHaveValueAsync("  text");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator("#save")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Shift+Tab");
        await Expect(page.Locator(".cm-content")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_schema_suggests_what_a_step_of_its_kind_may_hold_and_says_what_it_is_for()
    {
        const string half = """{ "steps": [ { "do": "wait", "for": "4 days",  } ] }""";
        await using var window = await pages.Open(chromium, Form(half));
        var page = window.Page;
        await page.Locator(".cm-content").FocusAsync();
        await page.Keyboard.PressAsync("Control+End");
        foreach (var _ in Enumerable.Range(0, 6)) await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("Control+Space");
        var options = page.Locator(".cm-completionLabel");
        await Expect(options).ToHaveTextAsync(["until"]);
        await Expect(page.Locator(".cm-completionInfo")).ToContainTextAsync("next weekday");
        await Chromium.Photograph(page, "editor-suggests");
        await Take(page);
        await Expect(page.Locator("#file")).ToHaveValueAsync(new Regex("\"4 days\",  ?\"until\": "));
        await page.Locator(".cm-line").GetByText("\"for\"", new() { Exact = true }).HoverAsync();
        await Expect(page.Locator(".cm-about")).ToContainTextAsync("E.g. 14 days");
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task The_schema_suggests_the_values_a_property_may_have()
    {
        await using var window = await pages.Open(chromium, Form("""{ "purpose": "" }"""));
        var page = window.Page;
        await page.Locator(".cm-content").FocusAsync();
        await page.Keyboard.PressAsync("Control+End");
        foreach (var _ in Enumerable.Range(0, 3)) await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("Control+Space");
        await Expect(page.Locator(".cm-completionLabel")).ToHaveTextAsync(["\"transactional\"", "\"marketing\""]);
        await page.Keyboard.TypeAsync("mar");
        await Expect(page.Locator(".cm-completionLabel")).ToHaveTextAsync(["\"marketing\""]);
        await Take(page);
        await Expect(page.Locator("#file")).ToHaveValueAsync("""{ "purpose": "marketing" }""");
    }

    [Fact]
    public async Task Searching_finds_and_undo_takes_back()
    {
        await using var window = await pages.Open(chromium, Form(Journey));
        var page = window.Page;
        await page.Locator(".cm-content").FocusAsync();
        await page.Keyboard.InsertTextAsync("x");
        await page.Keyboard.PressAsync("Control+z");
        await Expect(page.Locator("#file")).ToHaveValueAsync(Journey);
        await page.Keyboard.PressAsync("Control+f");
        await page.Keyboard.TypeAsync("enjoy");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".cm-searchMatch-selected")).ToHaveTextAsync("enjoy");
        await Chromium.Photograph(page, "editor-search");
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task Without_JavaScript_the_textarea_is_there_and_posts()
    {
        await using var window = await pages.Open(chromium, Form("plain", more: ""), new("en", 1280, HasScript: false));
        await Expect(window.Page.Locator("#file")).ToBeVisibleAsync();
        await window.Page.Locator("#file").FillAsync("written plainly");
        await window.Page.Locator("#save").ClickAsync();
        await Expect(window.Page.Locator("#posted")).ToBeVisibleAsync();
        Assert.Contains(pages.Posted, form => form["file"] == "written plainly");
    }
}

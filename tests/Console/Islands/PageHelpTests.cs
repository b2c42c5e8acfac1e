using Automation.Console.Tests.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Automation.Console.Tests.Islands;

/// <summary>What scripts add to every page: a question in a dialog, live progress, folded parts that stay as they
/// were.</summary>
[Trait("Needs", "Chromium"), Trait("Needs", "Islands")]
public sealed class PageHelpTests(Chromium chromium, IslandPage pages)
    : IClassFixture<Chromium>, IClassFixture<IslandPage>
{
    private static string Asking(string field) => $"""
        <form method="post" action="/posted" class="action" data-confirm="Pause it now?">
          <input type="hidden" name="{field}" value="yes" />
          <details class="ask">
            <summary class="button danger">Pause</summary>
            <div class="question"><p>Pause it now?</p><button class="button danger">Yes, pause it</button></div>
          </details>
        </form>
        """;

    [Fact]
    public async Task A_dialog_asks_before_a_form_is_sent_Escape_sends_nothing_and_gives_the_focus_back()
    {
        await using var window = await pages.Open(chromium, Asking("escaped"));
        var page = window.Page;
        var button = page.GetByRole(AriaRole.Button, new() { Name = "Pause", Exact = true });
        await button.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Pause it now?" });
        await Expect(dialog).ToBeVisibleAsync();
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" })).ToBeFocusedAsync();
        await Chromium.Photograph(page, "confirm");
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(button).ToBeFocusedAsync();
        Assert.DoesNotContain(pages.Posted, form => form.ContainsKey("escaped"));
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task Who_agrees_sends_it_once()
    {
        await using var window = await pages.Open(chromium, Asking("agreed"));
        var page = window.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Pause", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Yes, pause it" }).ClickAsync();
        await Expect(page.Locator("#posted")).ToBeVisibleAsync();
        Assert.Single(pages.Posted, form => form["agreed"] == "yes");
    }

    [Fact]
    public async Task Without_JavaScript_the_page_asks_by_itself()
    {
        await using var window = await pages.Open(chromium, Asking("plain"), new("en", 390, HasScript: false));
        var page = window.Page;
        await page.Locator("summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Yes, pause it" }).ClickAsync();
        await Expect(page.Locator("#posted")).ToBeVisibleAsync();
        Assert.Single(pages.Posted, form => form["plain"] == "yes");
    }

    [Fact]
    public async Task Progress_is_shown_in_place_with_the_focus_kept_until_the_server_says_that_it_is_done()
    {
        var asked = 0;
        await using var window = await pages.Open(chromium, () =>
        {
            var sent = Interlocked.Increment(ref asked);
            var refresh = sent < 4 ? "data-refresh=\"0.2\"" : "";
            return $"""
                <p id="rest">{sent}</p>
                <div id="progress" {refresh}><p>{Math.Min(sent, 4)} of 4</p><a href="#x">more</a></div>
                """;
        });
        var page = window.Page;
        await page.Locator("#progress a").FocusAsync();
        await page.EvaluateAsync("document.getElementById('progress').isTheSame = true");
        await Expect(page.Locator("#progress p")).ToHaveTextAsync("4 of 4");
        await Expect(page.Locator("#progress")).Not.ToHaveAttributeAsync("data-refresh", "0.2");
        await Expect(page.Locator("#rest")).ToHaveTextAsync("1");
        await Expect(page.Locator("#progress a")).ToBeFocusedAsync();
        Assert.True(await page.EvaluateAsync<bool>("document.getElementById('progress').isTheSame"));
        Assert.Equal(4, asked);
    }

    [Fact]
    public async Task What_was_unfolded_is_unfolded_when_the_page_comes_again()
    {
        await using var window = await pages.Open(chromium,
            "<details id=one><summary>One</summary>1</details><details id=two open><summary>Two</summary>2</details>");
        var page = window.Page;
        await page.GetByText("One").ClickAsync();
        await page.GetByText("Two").ClickAsync();
        await page.ReloadAsync();
        await Expect(page.Locator("#one")).ToHaveAttributeAsync("open", "");
        await Expect(page.Locator("#two")).Not.ToHaveAttributeAsync("open", "");
    }
}

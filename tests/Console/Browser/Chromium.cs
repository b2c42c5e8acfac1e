using System.Text.RegularExpressions;
using Automation.Functions.Console;
using Microsoft.Playwright;

namespace Automation.Console.Tests.Browser;

/// <summary>A real Chromium without a window, the system's, started once for all tests; each has windows of its own in
/// it. Installed by tests/needs.</summary>
public sealed class Chromium : IAsyncLifetime
{
    // Made for this, it needs half of the processor's time that the other one needs.
    private static readonly string[] Programs = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];
    private static readonly Lazy<Task<IBrowser>> Started = new(Start);

    public IBrowser Browser { get; private set; } = null!;

    public async Task InitializeAsync() => Browser = await Started.Value;

    /// <summary>It ends with this process, whose child its driver is.</summary>
    public Task DisposeAsync() => Task.CompletedTask;

    private static async Task<IBrowser> Start()
    {
        var program = Programs.FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException("Chromium is not installed: run tests/needs.");
        var playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = program,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"],
        });
    }

    /// <summary>Somebody's window on the shop that is served there, signed in by the form.</summary>
    public async Task<IPage> SignedIn(Uri address, Look look, string key)
    {
        var page = await Open(address, look);
        await page.GotoAsync("/console");
        await page.Locator("#key").FillAsync(key);
        await page.Locator("form button").ClickAsync();
        await Arrived(page, "/console");
        return page;
    }

    /// <summary>The window of somebody who signed in elsewhere.</summary>
    /// <param name="session">The console's cookie.</param>
    public async Task<IPage> SignedInBy(string session, Uri address, Look look)
    {
        var page = await Open(address, look);
        await page.Context.AddCookiesAsync([new()
        {
            Name = ConsoleDoor.Cookie,
            Value = session,
            Domain = address.Host,
            Path = "/",
            Secure = true,
        }]);
        return page;
    }

    /// <summary>A window on what is served there, at no page yet.</summary>
    public async Task<IPage> Open(Uri address, Look look)
    {
        var context = await Browser.NewContextAsync(new()
        {
            BaseURL = address.AbsoluteUri,
            ViewportSize = new() { Width = look.Width, Height = look.Width < 600 ? 844 : 900 },
            Locale = look.Language,
            ColorScheme = look.IsDark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = look.HasScript,
        });
        // The machine may be busy with other tests.
        context.SetDefaultTimeout(120_000);
        return await context.NewPageAsync();
    }

    /// <summary>Waits until the window is at an address that ends so.</summary>
    public static Task Arrived(IPage page, string end) =>
        Assertions.Expect(page).ToHaveURLAsync(new Regex($"{Regex.Escape(end)}$"), new() { Timeout = 120_000 });

    /// <summary>Pixels of the page that the window's width cuts off.</summary>
    public static Task<int> TooWide(IPage page) => page.EvaluateAsync<int>(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth");

    /// <summary>With SCREENSHOTS naming a folder, for people to look at.</summary>
    public static async Task Photograph(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
    }
}

/// <summary>How somebody looks at a page.</summary>
public sealed record Look(string Language, int Width, bool IsDark = false, bool HasScript = true)
{
    public override string ToString() =>
        $"{Language}-{Width}{(IsDark ? "-dark" : "")}{(HasScript ? "" : "-plain")}";
}

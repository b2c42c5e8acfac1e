using System.Diagnostics;
using Microsoft.Playwright;

namespace Automation.Console.Tests.Browser;

/// <summary>A real Chromium without a window, the system's, started once. Installed from the system's packages at the
/// first use.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Program = "/usr/bin/chromium";
    private IPlaywright playwright = null!;

    public IBrowser Browser { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (!File.Exists(Program)) await Install();
        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Program,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"],
        });
    }

    /// <summary>Somebody's window, signed in.</summary>
    public Task<IPage> SignedIn(OpenShop shop, Look look) => SignedIn(shop.Address, look, OpenShop.Owner);

    /// <summary>The same, of a shop that is served there.</summary>
    public async Task<IPage> SignedIn(Uri address, Look look, string key)
    {
        var context = await Browser.NewContextAsync(new()
        {
            BaseURL = address.AbsoluteUri,
            ViewportSize = new() { Width = look.Width, Height = look.Width < 600 ? 844 : 900 },
            Locale = look.Language,
            ColorScheme = look.IsDark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = look.HasScript,
        });
        context.SetDefaultTimeout(60_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/console");
        await page.Locator("#key").FillAsync(key);
        await page.Locator("form button").ClickAsync();
        await page.WaitForURLAsync("**/console");
        return page;
    }

    /// <summary>With SCREENSHOTS naming a folder, for people to look at.</summary>
    public static async Task Photograph(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
    }

    public async Task DisposeAsync()
    {
        if (Browser is not null) await Browser.DisposeAsync();
        playwright?.Dispose();
    }

    private static async Task Install()
    {
        await Run("apt-get", "update", "-qq");
        await Run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "chromium-driver");
    }

    private static async Task Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DEBIAN_FRONTEND"] = "noninteractive" },
        })!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException(
                $"Chromium, which these tests need, could not be installed: {string.Concat(said)}");
    }
}

/// <summary>How somebody looks at a page.</summary>
public sealed record Look(string Language, int Width, bool IsDark = false, bool HasScript = true)
{
    public override string ToString() =>
        $"{Language}-{Width}{(IsDark ? "-dark" : "")}{(HasScript ? "" : "-plain")}";
}

using System.Diagnostics;
using System.Text.RegularExpressions;
using Automation.Functions.Console;
using Microsoft.Playwright;

namespace Automation.Console.Tests.Browser;

/// <summary>A real Chromium without a window, the system's, started once for all tests; each has windows of its own in
/// it. Installed from the system's packages at the first use.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Program = "/usr/bin/chromium";
    private static readonly Lazy<Task<IBrowser>> Started = new(Start);

    public IBrowser Browser { get; private set; } = null!;

    public async Task InitializeAsync() => Browser = await Started.Value;

    /// <summary>It ends with this process, whose child its driver is.</summary>
    public Task DisposeAsync() => Task.CompletedTask;

    private static async Task<IBrowser> Start()
    {
        if (!File.Exists(Program)) await Install();
        var playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Program,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"],
        });
    }

    /// <summary>The owner's window, signed in without the form.</summary>
    public async Task<IPage> SignedIn(OpenShop shop, Look look)
    {
        using var visitor = await shop.SignedIn();
        var page = await Open(shop.Address, look);
        await page.Context.AddCookiesAsync([new()
        {
            Name = ConsoleDoor.Cookie,
            Value = visitor.Cookies[ConsoleDoor.Cookie],
            Domain = shop.Address.Host,
            Path = "/",
            Secure = true,
        }]);
        return page;
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

    /// <summary>Waits until the window is at an address that ends so.</summary>
    public static Task Arrived(IPage page, string end) =>
        Assertions.Expect(page).ToHaveURLAsync(new Regex($"{Regex.Escape(end)}$"), new() { Timeout = 120_000 });

    private async Task<IPage> Open(Uri address, Look look)
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

    /// <summary>With SCREENSHOTS naming a folder, for people to look at.</summary>
    public static async Task Photograph(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = true });
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

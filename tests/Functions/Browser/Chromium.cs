using System.Diagnostics;
using OpenQA.Selenium.Chrome;

namespace Automation.Functions.Tests.Browser;

/// <summary>A real Chromium without a window, started once for the tests of a class. Installed from the system's
/// packages at the first use.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Program = "/usr/bin/chromium", DriverProgram = "/usr/bin/chromedriver";
    private readonly string profile = Directory.CreateTempSubdirectory("chromium-").FullName;

    /// <summary>What a person's hands and eyes do.</summary>
    public ChromeDriver Driver { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (!File.Exists(Program) || !File.Exists(DriverProgram)) await Install();
        var options = new ChromeOptions { BinaryLocation = Program };
        options.AddArguments("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=390,844",
            $"--user-data-dir={profile}");
        Driver = new ChromeDriver(ChromeDriverService.CreateDefaultService(DriverProgram), options);
        Driver.Manage().Timeouts().ImplicitWait = TimeSpan.FromSeconds(10);
    }

    /// <summary>With SCREENSHOTS naming a folder, for people to look at.</summary>
    public void Photograph(string name)
    {
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { } folder)
            Driver.GetScreenshot().SaveAsFile(Path.Combine(folder, $"{name}.png"));
    }

    public Task DisposeAsync()
    {
        Driver?.Dispose();
        Directory.Delete(profile, recursive: true);
        return Task.CompletedTask;
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
            Environment = { ["DEBIAN_FRONTEND"] = "noninteractive" }
        })!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException(
            $"Chromium, which these tests need, could not be installed (packages chromium and chromium-driver): "
            + $"{string.Concat(said)}");
    }
}

using Automation.Functions.Demo;
using Automation.Functions.Hosting;
using Automation.Functions.Local;
using Automation.Functions.Tests.Hosting;
using Microsoft.Playwright;

namespace Automation.Console.Tests.Browser;

/// <summary>The README's pictures, of the demo's shop: <c>PICTURES=docs/pictures dotnet test tests/Console -c Release
/// --filter Pictures</c>. Without the variable nothing is made.</summary>
[Trait("Needs", "Chromium")]
public sealed class PictureTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Key = "the-key-of-the-pictures";
    private const int Customers = 5_000;

    /// <summary>A page, as who looks at it, and the picture's name.</summary>
    private static readonly (string Path, Look Look, string Name)[] Pictures =
    [
        ("/console", new("ja", 1280), "today"),
        ("/console/journeys/second-purchase", new("ja", 1280), "journey"),
        ("/console/customers/late", new("ja", 1280), "late"),
        ("/console/insights", new("en", 1280, IsDark: true), "insights"),
        ("/console/calendar", new("en", 1280), "calendar"),
        ("/console/mails/welcome/thank-you", new("ja", 390), "mail"),
    ];

    [PicturesFact]
    public async Task Pictures_of_the_demos_shop()
    {
        using var data = new TemporaryFolder();
        var settings = SettingsReader.Read(SettingsReader.Gather(
        [
            "--Urls=http://127.0.0.1:0", $"--Data:Folder={data.Path}", $"--Api:Key={Key}",
            $"--Shop:Folder={Path.Combine(AppContext.BaseDirectory, "shop")}",
        ]));
        await using (var machine = await OneMachine.Open(settings))
            await new DemoYear(machine.Services, settings.Sources[0].Name).Write(Customers, _ => { }, default);
        await using var host = await LocalHost.Start(settings);
        foreach (var (path, look, name) in Pictures)
        {
            var page = await chromium.SignedIn(new Uri(host.Addresses.First()), look, Key);
            var answer = await page.GotoAsync(path);
            Assert.Equal(200, answer!.Status);
            await page.ScreenshotAsync(new() { Path = Path.Combine(PicturesFactAttribute.Folder!, $"{name}.png") });
            await page.Context.CloseAsync();
        }
    }
}

/// <summary>Runs where PICTURES names a folder, as seen from the repository's.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PicturesFactAttribute : FactAttribute
{
    public PicturesFactAttribute()
    {
        if (Folder is null) Skip = "PICTURES names no folder";
    }

    public static string? Folder => Environment.GetEnvironmentVariable("PICTURES") is { } folder
        ? Path.GetFullPath(folder, Repository())
        : null;

    private static string Repository()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Automation.sln"))) return at.FullName;
        throw new DirectoryNotFoundException("Pictures are made below the repository's folder.");
    }
}

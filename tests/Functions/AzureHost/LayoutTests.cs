using System.IO.Compression;
using System.Text.Json;
using Automation.Storage.Tests.Azure;
using Xunit.Abstractions;

namespace Automation.Functions.Tests.AzureHost;

/// <summary>What is deployed is what the Functions host expects.</summary>
[Collection(AzuriteTests.Name)]
public sealed class LayoutTests(Azurite azurite, ITestOutputHelper output)
{
    [Fact]
    public async Task The_published_folder_is_laid_out_as_the_Functions_host_wants_it()
    {
        var app = await PublishedApp.Folder();
        var host = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(app, "host.json"))).RootElement;
        var handler = host.GetProperty("customHandler");
        var executable = handler.GetProperty("description").GetProperty("defaultExecutablePath").GetString()!;
        Assert.Equal("Automation.Functions", executable);
        if (!OperatingSystem.IsWindows()) Assert.True(File.GetUnixFileMode(Path.Combine(app, executable)).HasFlag(UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute));
        Assert.True(handler.GetProperty("enableForwardingHttpRequest").GetBoolean());
        Assert.Equal(("Microsoft.Azure.Functions.ExtensionBundle", "[4.*, 5.0.0)"), (host.GetProperty("extensionBundle").GetProperty("id").GetString(), host.GetProperty("extensionBundle").GetProperty("version").GetString()));
        var extensions = host.GetProperty("extensions");
        Assert.Equal("", extensions.GetProperty("http").GetProperty("routePrefix").GetString());
        Assert.Equal("base64", extensions.GetProperty("queues").GetProperty("messageEncoding").GetString());
        Assert.False(extensions.GetProperty("durableTask").GetProperty("extendedSessionsEnabled").GetBoolean());
        Assert.Matches("^[A-Za-z][A-Za-z0-9]{2,44}$", extensions.GetProperty("durableTask").GetProperty("hubName").GetString());
        Assert.True(extensions.GetProperty("queues").GetProperty("maxDequeueCount").GetInt32() > Automation.Functions.Hosting.CustomHandler.QueueInvocation.Attempts, "parking comes before the poison queue");
        Assert.Empty(Directory.GetFiles(app, "appsettings*.json"));
        Assert.Empty(Directory.GetFiles(app, "web.config"));
        Assert.True(File.Exists(Path.Combine(app, "libe_sqlite3.so")) || File.Exists(Path.Combine(app, "System.Private.CoreLib.dll")), "self-contained");
        Assert.True(File.Exists(Path.Combine(app, "shop", "shop.json")));
    }

    [Fact]
    public async Task Every_function_has_its_folder_and_who_sets_alarms_holds_the_durable_client()
    {
        var functions = FunctionJson.ReadAll(await PublishedApp.Folder());
        Assert.Equal(Automation.Functions.Hosting.Manifest.ReadAll(AppContext.BaseDirectory).Select(manifest => manifest.Function).Order(StringComparer.Ordinal), functions.Select(function => function.Name).Order(StringComparer.Ordinal));
        foreach (var function in functions)
        {
            Assert.Matches("^[A-Za-z][A-Za-z0-9_-]*$", function.Name);
            switch (function.Trigger)
            {
                // Anything beside trigger and output would turn a request into an invocation.
                case "httpTrigger": Assert.True(function.IsForwarded, function.Name); break;
                case "queueTrigger" or "timerTrigger": Assert.True(function.Client is not null, $"{function.Name} has no durableClient binding"); break;
            }
        }
    }

    [Fact]
    public async Task The_zip_holds_the_same_files_and_keeps_the_executable_bit()
    {
        var app = await PublishedApp.Folder();
        using var zip = ZipFile.OpenRead(PublishedApp.Zip);
        var files = Directory.GetFiles(app, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(app, file)).Order(StringComparer.Ordinal);
        Assert.Equal(files, zip.Entries.Where(entry => entry.Name.Length > 0).Select(entry => entry.FullName).Order(StringComparer.Ordinal));
        Assert.True((zip.GetEntry("Automation.Functions")!.ExternalAttributes >> 16 & 0b001_001_001) == 0b001_001_001, "executable by everybody");
    }

    [Fact]
    public async Task The_handler_starts_from_it_in_less_than_two_seconds_and_outlives_everything_but_a_kill()
    {
        await using var host = await FunctionsHost.Start(await PublishedApp.Folder(), azurite.ConnectionString, AzureSettings.With([]));
        var starts = new List<(double Took, double Work)> { Start() };
        for (var again = 0; again < 2; again++)
        {
            await host.KillHandler();
            starts.Add(Start());
        }
        // How long it takes is the machine's affair as well: on one that has time for it the work is what it takes.
        output.WriteLine($"started in {string.Join(", ", starts.Select(start => $"{start.Took:n2} s ({start.Work:n2} s of work)"))}");
        Assert.True(starts.Min(start => Math.Min(start.Took, start.Work)) < 2, $"it took {starts.Min(start => start.Work):n2} s of work");

        (double, double) Start()
        {
            host.Handler.Process.Refresh();
            return (host.Handler.StartedIn.TotalSeconds, host.Handler.Process.TotalProcessorTime.TotalSeconds);
        }

        foreach (var signal in (string[])["-TERM", "-INT", "-HUP"])
            using (var kill = System.Diagnostics.Process.Start("kill", [signal, host.Handler.Process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
        using var live = await host.Handler.Send(() => new(HttpMethod.Get, host.Handler.At("/health/live")));
        Assert.True(live.IsSuccessStatusCode);
        Assert.False(host.Handler.Process.HasExited);
    }
}

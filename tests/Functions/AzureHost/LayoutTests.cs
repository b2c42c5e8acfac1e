using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Automation.Functions.Hosting;
using Automation.Functions.Worker;
using Automation.Storage.Tests.Azure;
using Xunit.Abstractions;

namespace Automation.Functions.Tests.AzureHost;

/// <summary>What is deployed is what the Functions host expects.</summary>
[Collection(AzuriteTests.Name)]
[Trait("Needs", "Azurite")]
public sealed class LayoutTests(Azurite azurite, ITestOutputHelper output)
{
    [Fact]
    public async Task The_published_folder_is_laid_out_as_the_Functions_host_wants_it()
    {
        var app = await PublishedApp.Folder();
        var worker = Read(app, "worker.config.json").GetProperty("description");
        Assert.Equal("dotnet-isolated", worker.GetProperty("language").GetString());
        Assert.True(File.Exists(Path.Combine(app, worker.GetProperty("defaultWorkerPath").GetString()!)));
        var extensions = Read(app, "extensions.json").GetProperty("extensions").EnumerateArray().ToList();
        Assert.Superset(
            new HashSet<string?> { "AzureStorageQueues", "DurableTask" },
            extensions.Select(extension => extension.GetProperty("name").GetString()).ToHashSet());
        Assert.All(extensions,
            extension => Assert.True(File.Exists(Path.Combine(app, extension.GetProperty("hintPath").GetString()!))));
        Assert.Empty(Directory.GetFiles(app, "appsettings*.json"));
        Assert.Empty(Directory.GetFiles(app, "web.config"));
        Assert.False(File.Exists(Path.Combine(app, "System.Private.CoreLib.dll")), "the platform brings .NET");
        Assert.True(File.Exists(Path.Combine(app, "shop", "shop.json")));
    }

    [Fact]
    public async Task What_host_json_says_keeps_the_promises()
    {
        var host = Read(await PublishedApp.Folder(), "host.json");
        Assert.False(host.TryGetProperty("customHandler", out _) || host.TryGetProperty("extensionBundle", out _));
        var extensions = host.GetProperty("extensions");
        Assert.Equal("", extensions.GetProperty("http").GetProperty("routePrefix").GetString());
        var queues = extensions.GetProperty("queues");
        Assert.Equal("base64", queues.GetProperty("messageEncoding").GetString());
        Assert.True(queues.GetProperty("maxDequeueCount").GetInt32() > Around.Attempts,
            "parking comes before the poison queue");
        var durable = extensions.GetProperty("durableTask");
        Assert.False(durable.GetProperty("extendedSessionsEnabled").GetBoolean());
        // What a killed machine had in hand another takes up within two minutes.
        foreach (var lease in (string[])["controlQueueVisibilityTimeout", "workItemQueueVisibilityTimeout"])
            Assert.InRange(
                Time(durable.GetProperty("storageProvider"), lease), TimeSpan.FromSeconds(60), TimeSpan.FromMinutes(2));
        Assert.Equal(ShortLease.Again, Time(queues, "visibilityTimeout"));
        Assert.Matches("^[A-Za-z][A-Za-z0-9]{2,44}$", durable.GetProperty("hubName").GetString());
    }

    [Fact]
    public async Task The_functions_the_host_is_told_of_are_the_functions_there_are()
    {
        var told = Read(await PublishedApp.Folder(), "functions.metadata").EnumerateArray().Select(Name);
        Assert.Equal((await FunctionCatalog.Read()).Select(function => function.Name).Order(StringComparer.Ordinal),
            told.Order(StringComparer.Ordinal));

        static string Name(JsonElement function) => function.GetProperty("name").GetString()!;
    }

    [Fact]
    public async Task The_zip_holds_the_same_files()
    {
        var app = await PublishedApp.Folder();
        using var zip = ZipFile.OpenRead(PublishedApp.Zip);
        var files = Directory.GetFiles(app, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(app, file));
        Assert.Equal(
            files.Order(StringComparer.Ordinal),
            zip.Entries.Where(entry => entry.Name.Length > 0).Select(entry => entry.FullName)
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_worker_starts_from_it_and_who_needs_the_client_of_Durable_holds_it()
    {
        await using var host = await FunctionsHost.Start(
            await PublishedApp.Folder(), azurite.ConnectionString, AzureSettings.With([]));
        foreach (var function in await host.Functions())
        {
            Assert.Matches("^[A-Za-z][A-Za-z0-9_-]*$", function.Name);
            // It counts, and wakes nobody.
            if (function.Name is "TallyInsights" or "IndexCustomers") continue;
            if (function.Is("queueTrigger") || function.Is("timerTrigger"))
                Assert.True(function.Client is not null, $"{function.Name} has no durableClient binding");
        }
        var starts = new List<(double Took, double Work)> { Start() };
        for (var again = 0; again < 2; again++)
        {
            await host.KillWorker();
            starts.Add(Start());
        }
        // How long it takes is the machine's affair: on one that has time for it about 1.8 s.
        output.WriteLine(
            $"started in "
            + $"{string.Join(", ", starts.Select(start => $"{start.Took:n2} s ({start.Work:n2} s of work)"))}");

        (double, double) Start()
        {
            host.Worker.Process.Refresh();
            return (host.StartedIn.TotalSeconds, host.Worker.Process.TotalProcessorTime.TotalSeconds);
        }
    }

    [Fact]
    public async Task A_wrong_setting_is_named_before_the_worker_gives_up()
    {
        var settings = AzureSettings.With(new() { ["Mail__Transport"] = "pigeon" });
        settings.Remove("Api__Key");
        var app = await PublishedApp.Folder();
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => FunctionsHost.Start(app, azurite.ConnectionString, settings));
        Assert.Contains("Mail:Transport is 'pigeon'", refused.Message);
        Assert.Contains("Api:Key is missing", refused.Message);
        Assert.DoesNotContain("   at Automation.", refused.Message);
    }

    [Fact]
    public async Task A_worker_whose_host_is_gone_ends()
    {
        await using var host = await FunctionsHost.Start(
            await PublishedApp.Folder(), azurite.ConnectionString, AzureSettings.With([]));
        // A shell in between, which is killed: to the worker that was its host.
        using var worker = await host.StartOrphan();
        await worker.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
    }

    private static TimeSpan Time(JsonElement from, string name) =>
        TimeSpan.Parse(from.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    private static JsonElement Read(string app, string file) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(app, file))).RootElement;
}

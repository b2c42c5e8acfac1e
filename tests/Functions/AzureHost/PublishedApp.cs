using System.Diagnostics;

namespace Automation.Functions.Tests.AzureHost;

/// <summary>The product as it is deployed: <c>dotnet publish functions -p:PublishProfile=azure</c>, made once and again
/// only when a source is newer.</summary>
internal static class PublishedApp
{
    private static readonly Lazy<Task<string>> published = new(Publish);

    /// <summary>artifacts/azure.</summary>
    public static Task<string> Folder() => published.Value;

    /// <summary>The program for a process of a test: compiled beforehand, and so started in two thirds of the time,
    /// where what is published is newer than every source; else as it was built.</summary>
    public static string Program => program.Value;

    private static readonly Lazy<string> program = new(Ready);

    public static string Zip => Path.Combine(Repository(), "artifacts", "azure.zip");

    private static async Task<string> Publish()
    {
        var root = Repository();
        var folder = Path.Combine(root, "artifacts", "azure");
        if (IsFresh(root)) return folder;
        using var publish = Process.Start(new ProcessStartInfo("dotnet", ["publish", Path.Combine(root, "functions"),
            "-p:PublishProfile=azure", "-p:RunAnalyzersDuringBuild=false", "--nologo", "-v", "q"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var said = await Task.WhenAll(publish.StandardOutput.ReadToEndAsync(), publish.StandardError.ReadToEndAsync());
        await publish.WaitForExitAsync();
        return publish.ExitCode == 0 ? folder
            : throw new InvalidOperationException($"Publishing failed: {string.Concat(said)}");
    }

    private static bool IsFresh(string root) =>
        File.Exists(Zip) && File.GetLastWriteTimeUtc(Zip) > Newest(root);

    /// <summary>In a folder of its own, beside the settings that the program has on one machine.</summary>
    private static string Ready()
    {
        const string name = "Automation.Functions.dll", settings = "appsettings.json";
        var (root, built) = (Repository(), AppContext.BaseDirectory);
        if (!OperatingSystem.IsLinux() || !IsFresh(root)) return Path.Combine(built, name);
        var folder = Directory.CreateTempSubdirectory("program-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var published = Path.Combine(root, "artifacts", "azure");
        foreach (var file in Directory.EnumerateFiles(published, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(published, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        File.Copy(Path.Combine(built, settings), Path.Combine(folder, settings));
        return Path.Combine(folder, name);
    }

    private static DateTime Newest(string root) =>
        ((string[])["functions", "shared", "shop"]).SelectMany(folder => Directory.EnumerateFiles(
            Path.Combine(root, folder), "*", SearchOption.AllDirectories))
            .Where(file => !file.Contains("/bin/", StringComparison.Ordinal)
                && !file.Contains("/obj/", StringComparison.Ordinal))
            .Concat(((string[])["host.json", "Directory.Packages.props", "Directory.Build.props"])
                .Select(file => Path.Combine(root, file)))
            .Max(File.GetLastWriteTimeUtc);

    private static string Repository()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Automation.sln"))) return at.FullName;
        throw new DirectoryNotFoundException("These tests run below the repository's folder.");
    }
}

using System.Diagnostics;
using System.Globalization;

namespace Automation.Storage.Tests.Azure;

/// <summary>Microsoft's storage emulator, started once for all tests that name its collection: free ports, everything
/// in memory, a clock the tests can move. Installed from npm at the first use. It ends with this process, even if that
/// is killed.</summary>
public sealed class Azurite : IAsyncLifetime
{
    private const string Version = "3.35.0";
    private const string Account =
        "AccountName=devstoreaccount1;"
        + "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private Process? process;

    /// <summary>Address and key of its one account.</summary>
    public string ConnectionString { get; private set; } = "";

    public async Task InitializeAsync()
    {
        var package = await Installed();
        process = Start("node", package, Path.Combine(AppContext.BaseDirectory, "Azure", "emulator.js"), package);
        _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null);
        var queues = await Address("Queue");
        var tables = await Address("Table");
        ConnectionString = $"{Account};TableEndpoint={tables}/devstoreaccount1;QueueEndpoint={queues}/devstoreaccount1";
    }

    /// <summary>Moves the emulator's clock.</summary>
    public async Task Pass(TimeSpan time)
    {
        await process!.StandardInput.WriteLineAsync(
            ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture));
        await process.StandardInput.FlushAsync();
        await LineWith("clock ");
    }

    public async Task DisposeAsync()
    {
        if (process is null) return;
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task<string> Address(string service) =>
        (await LineWith($"Azurite {service} service is successfully listening at ")).Split(' ')[^1];

    private async Task<string> LineWith(string text)
    {
        while (await process!.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1)) is { } line)
            if (line.Contains(text, StringComparison.Ordinal)) return line;
        throw new InvalidOperationException($"Azurite ended and never said '{text}'.");
    }

    /// <summary>The package's folder, below artifacts/ of the repository. Installed aside and then moved: two test runs
    /// may do so at once.</summary>
    private static async Task<string> Installed()
    {
        var artifacts = Path.Combine(Repository(), "artifacts");
        var home = Path.Combine(artifacts, $"azurite-{Version}");
        if (!Directory.Exists(home))
        {
            var aside = Directory.CreateDirectory(Path.Combine(artifacts, $"azurite-{Guid.NewGuid():N}"));
            using var npm = Start("npm", aside.FullName, "install", "--prefix", aside.FullName, "--no-audit",
                "--no-fund", "--no-save", "--loglevel=error", $"azurite@{Version}");
            npm.StandardInput.Close();
            var said = await Task.WhenAll(npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync());
            await npm.WaitForExitAsync();
            if (npm.ExitCode != 0) throw new InvalidOperationException(
                $"npm could not install azurite@{Version}, which these tests need: {string.Concat(said)}");
            try { aside.MoveTo(home); }
            catch (IOException) when (Directory.Exists(home)) { aside.Delete(recursive: true); }
        }
        return Path.Combine(home, "node_modules", "azurite");
    }

    private static string Repository()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Automation.sln"))) return at.FullName;
        throw new DirectoryNotFoundException("These tests run below the repository's folder.");
    }

    private static Process Start(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    }
}

[CollectionDefinition(Name)]
public sealed class AzuriteTests : ICollectionFixture<Azurite>
{
    public const string Name = "Azurite";
}

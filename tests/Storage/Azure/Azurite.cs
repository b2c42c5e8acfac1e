using System.Diagnostics;
using System.Globalization;

namespace Automation.Storage.Tests.Azure;

/// <summary>Microsoft's storage emulator, started once for all tests that name its collection: free ports, everything
/// in memory, a clock the tests can move. Installed by tests/needs. It ends with this process, even if that is
/// killed.</summary>
public sealed class Azurite : IAsyncLifetime
{
    private const string Account =
        "AccountName=devstoreaccount1;"
        + "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private Process? process;

    /// <summary>Address and key of its one account.</summary>
    public string ConnectionString { get; private set; } = "";

    public async Task InitializeAsync()
    {
        var package = Package();
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

    private static string Package()
    {
        var package = Path.Combine(Repository(), "artifacts", "azurite", "node_modules", "azurite");
        return Directory.Exists(package) ? package
            : throw new DirectoryNotFoundException("Azurite is not installed: run tests/needs.");
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

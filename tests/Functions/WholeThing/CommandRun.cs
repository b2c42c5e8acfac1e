using System.Diagnostics;
using System.Text;
using Automation.Functions.Tests.AzureHost;

namespace Automation.Functions.Tests.WholeThing;

/// <summary>The built program run once, as typed in a folder: its exit code, the lines on its error stream and what it
/// printed.</summary>
internal sealed record CommandRun(int Exit, IReadOnlyList<string> Errors, string Output)
{
    public static async Task<CommandRun> Of(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            "dotnet", [PublishedApp.Program, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            StandardErrorEncoding = Encoding.UTF8,
            StandardOutputEncoding = Encoding.UTF8,
        };
        using var process = Process.Start(start)!;
        var (errors, log) = (process.StandardError.ReadToEndAsync(), process.StandardOutput.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new(
            process.ExitCode,
            (await errors).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            await log);
    }
}

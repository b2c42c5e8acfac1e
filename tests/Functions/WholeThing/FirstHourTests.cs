using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Automation.Functions.Tests.AzureHost;
using Automation.Functions.Tests.Connecting;
using Automation.Functions.Tests.Hosting;

namespace Automation.Functions.Tests.WholeThing;

/// <summary>docs/first-hour.md, as somebody new would follow it: its commands typed in their order into one shell, in
/// an empty folder, with the built program; what stands below a command is what it printed.</summary>
[Long(40)]
public sealed partial class FirstHourTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Whoever_follows_the_page_comes_to_the_first_newsletter_without_a_dead_end()
    {
        await using var shopify = await ShopifyDouble.Start();
        var (port, other) = (FreePort(), FreePort());
        var page = (await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "docs", "first-hour.md")))
            // What is somebody else's machine on the page is one of the test's.
            .Replace("http://localhost:7071", $"http://localhost:{port}", StringComparison.Ordinal)
            .Replace("http://localhost:7072", $"http://localhost:{other}", StringComparison.Ordinal)
            .Replace("https://your-shop.myshopify.com", shopify.Url, StringComparison.Ordinal)
            .Replace("shpat_your-token", "shpat_of-the-test", StringComparison.Ordinal)
            .Replace("https://mail.example.jp", $"http://localhost:{port}", StringComparison.Ordinal);
        var blocks = Block().Matches(page).Select(block => (block.Groups[1].Value, block.Groups[2].Value)).ToList();
        var commands = blocks.Where(block => block.Item1 == "sh").Select(block => block.Item2).ToList();
        Assert.True(commands.Count > 10);

        var said = await Shell(commands, port);

        var at = -1;
        foreach (var (kind, text) in blocks)
        {
            if (kind == "sh") at++;
            else Assert.True(
                Pattern(text).IsMatch(said[at]), $"The page says\n{text}\nbelow\n{commands[at]}\nIt was\n{said[at]}");
        }
        Assert.Equal(20, shopify.Webhooks.Count);
    }

    /// <summary>What each block printed, all of them having ended well.</summary>
    private async Task<string[]> Shell(List<string> commands, int port)
    {
        const string mark = "-- the next block --";
        var program = folder.File("bin/automation");
        Directory.CreateDirectory(folder.File("bin"));
        await File.WriteAllTextAsync(
            program,
            $"#!/bin/sh\nexec dotnet '{PublishedApp.Program}' \"$@\"\n");
        // A command that fails ends it, and everything it began.
        var script = new StringBuilder(
            $"set -eo pipefail\ntrap 'kill $(jobs -p) 2>/dev/null || true' EXIT\nchmod +x '{program}'\n");
        foreach (var command in commands) script.Append(command).Append($"\necho '{mark}'\n");
        await File.WriteAllTextAsync(folder.File("page.sh"), script.ToString());
        Directory.CreateDirectory(folder.File("here"));
        var start = new ProcessStartInfo("bash", [folder.File("page.sh")])
        {
            WorkingDirectory = folder.File("here"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            Environment =
            {
                ["PATH"] = $"{folder.File("bin")}:{Environment.GetEnvironmentVariable("PATH")}",
                ["Urls"] = $"http://localhost:{port}",
                ["Site__PublicUrl"] = $"http://localhost:{port}",
            },
        };
        using var shell = Process.Start(start)!;
        var (printed, errors) = (shell.StandardOutput.ReadToEndAsync(), shell.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await shell.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            shell.Kill(entireProcessTree: true);
        }
        var blocks = (await printed).Split($"{mark}\n");
        Assert.True(
            blocks.Length == commands.Count + 1,
            $"It ends at\n{commands[Math.Min(blocks.Length, commands.Count) - 1]}\n{blocks[^1]}\n{await errors}");
        Assert.Equal(0, shell.ExitCode);
        return blocks;
    }

    /// <summary>The lines in their order, with whatever between them; … stands for anything in a line.</summary>
    private static Regex Pattern(string text) => new(string.Join(
        @"[\s\S]*?",
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
            string.Join(".*?", line.Split('…').Select(Regex.Escape)))));

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"^```(sh|text)\n([\s\S]*?)^```", RegexOptions.Multiline)]
    private static partial Regex Block();

    public void Dispose() => folder.Dispose();
}

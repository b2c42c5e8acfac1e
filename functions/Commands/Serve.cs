using Automation.Functions.Hosting;
using Automation.Functions.Local;
using Microsoft.Extensions.Logging.Console;

namespace Automation.Functions.Commands;

/// <summary>Runs the product on this machine until it is told to stop.</summary>
public static class Serve
{
    /// <param name="demo">With a year of an imagined shop.</param>
    public static async Task<int> Run(string[] arguments, bool demo, CancellationToken cancellation)
    {
        if (demo && !arguments.Any(one => one.StartsWith("--Data:Folder", StringComparison.OrdinalIgnoreCase))
            && Environment.GetEnvironmentVariable("Data__Folder") is null)
            arguments = [$"--Data:Folder={DemoCommand.Folder}", .. arguments];
        var configuration = SettingsReader.Gather(arguments);
        var settings = SettingsReader.Read(configuration, LocalHost.Problems);
        if (demo && await DemoCommand.Prepare(settings, cancellation) is { } refused)
            return await CommandLine.Misuse(refused);
        using var exporting = Exporting.Start();
        await using var host = await LocalHost.Start(
            settings, logging => Log(logging, configuration), cancellation: cancellation);
        await Announcement.Print(host, System.Console.Out);
        await host.WaitForShutdown(cancellation);
        return CommandLine.Fine;
    }

    /// <summary>A line for a happening, with date and time; JSON, or for systemd's journal, where
    /// <c>Logging:Console:FormatterName</c> says so.</summary>
    private static void Log(ILoggingBuilder logging, IConfiguration configuration)
    {
        // What the configuration says of a format is read after this, and counts.
        logging.Services
            .Configure<SimpleConsoleFormatterOptions>(
                line => (line.SingleLine, line.TimestampFormat) = (true, "yyyy-MM-dd HH:mm:ss "))
            .Configure<JsonConsoleFormatterOptions>(
                line => (line.UseUtcTimestamp, line.TimestampFormat) = (true, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'"));
        logging
            .AddConfiguration(configuration.GetSection("Logging"))
            // a start that fails is said in one line, without its stack
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None)
            .AddConsole();
    }
}

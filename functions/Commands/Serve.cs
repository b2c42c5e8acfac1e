using Automation.Functions.Hosting;
using Automation.Functions.Http;
using Automation.Functions.Local;

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

    private static void Log(ILoggingBuilder logging, IConfiguration configuration) => logging
        .AddConfiguration(configuration.GetSection("Logging"))
        // a start that fails is said in one line, without its stack
        .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None)
        .AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss "));
}

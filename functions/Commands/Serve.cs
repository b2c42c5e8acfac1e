using Automation.Functions.Hosting;

namespace Automation.Functions.Commands;

/// <summary>Runs the product on this machine until it is told to stop.</summary>
public static class Serve
{
    public static async Task<int> Run(string[] arguments, CancellationToken cancellation)
    {
        var configuration = SettingsReader.Gather(arguments);
        var settings = SettingsReader.Read(configuration);
        await using var host = await StandaloneHost.Start(settings, logging => Log(logging, configuration), cancellation: cancellation);
        Announcement.Print(host, Console.Out);
        await host.WaitForShutdown(cancellation);
        return CommandLine.Fine;
    }

    private static void Log(ILoggingBuilder logging, IConfiguration configuration) => logging
        .AddConfiguration(configuration.GetSection("Logging"))
        .AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss "));
}

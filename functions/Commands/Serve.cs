using Automation.Functions.Hosting;
using Automation.Functions.Hosting.CustomHandler;

namespace Automation.Functions.Commands;

/// <summary>Runs the product on this machine until it is told to stop.</summary>
public static class Serve
{
    public static async Task<int> Run(string[] arguments, CancellationToken cancellation)
    {
        var configuration = SettingsReader.Gather(arguments);
        var port = HandlerHost.Port(configuration);
        var settings = SettingsReader.Read(
            configuration, port is null ? StandaloneHost.Problems : HandlerHost.Problems);
        using var exporting = Exporting.Start();
        if (port is not null) return await Handle(settings, port.Value, configuration);
        await using var host = await StandaloneHost.Start(settings, logging => Log(logging, configuration), cancellation: cancellation);
        await Announcement.Print(host, Console.Out);
        await host.WaitForShutdown(cancellation);
        return CommandLine.Fine;
    }

    /// <summary>For the Functions host. It never starts a process again that ended with 0.</summary>
    private static async Task<int> Handle(Settings settings, int port, IConfiguration configuration)
    {
        await using var handler = await HandlerHost.Start(settings, port, logging => LogToHost(logging, configuration));
        await handler.WaitForShutdown();
        return CommandLine.Wrong;
    }

    /// <summary>The host takes every line for one entry, with its own time; what comes on the error stream is an error there.</summary>
    private static void LogToHost(ILoggingBuilder logging, IConfiguration configuration)
    {
        logging.AddFilter("Microsoft", LogLevel.Warning).AddConfiguration(configuration.GetSection("Logging")).AddSimpleConsole(console => console.SingleLine = true);
        logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Error);
    }

    private static void Log(ILoggingBuilder logging, IConfiguration configuration) => logging
        .AddConfiguration(configuration.GetSection("Logging"))
        .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None)   // a start that fails is said in one line, without its stack
        .AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss "));
}

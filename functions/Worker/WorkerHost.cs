using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Automation.Functions.Hosting;
using Automation.Functions.Http;
using Automation.Functions.Local;
using Automation.Marketing;
using Azure.Core.Serialization;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask.Worker;

namespace Automation.Functions.Worker;

/// <summary>The functions as an isolated worker of the Azure Functions host, which owns queues, timers and
/// orchestrations: this process keeps nothing of value and may be killed at any moment.</summary>
public static class WorkerHost
{
    /// <summary>Did the Functions host start this process?</summary>
    public static bool IsWanted(string[] arguments) =>
        arguments.Contains("--functions-uri")
        || AppContext.GetData("AZURE_FUNCTIONS_NATIVE_HOST") is not null
        || Environment.GetEnvironmentVariable("Functions__Worker__HostEndpoint") is not null;

    /// <summary>Runs until the host ends; where the configuration cannot serve several machines it says why, and does
    /// not start.</summary>
    public static async Task<int> Run(string[] arguments)
    {
        HostWatch.Begin();
        try
        {
            await Work(arguments);
            return 0;
        }
        catch (SettingsException wrong)
        {
            await System.Console.Error.WriteLineAsync(wrong.Message);
            return 1;
        }
    }

    private static async Task Work(string[] arguments)
    {
        var configuration = SettingsReader.Gather([]);
        var settings = SettingsReader.Read(configuration, Problems);
        using var exporting = Exporting.Start();
        var builder = FunctionsApplication.CreateBuilder(arguments);
        builder.ConfigureFunctionsWebApplication();
        builder.UseMiddleware<Around>();
        builder.ConfigureDurableWorker().AddTasks(Orchestrations.Register);
        Log(builder.Logging, configuration);
        builder.Services
            .Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = HttpRoutes.LargestBody)
            .AddSingleton(settings.Marketing(isSingleProcess: false))
            .AddSingleton(made => new Stopping(
                made.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping))
            .AddSingleton(_ => Clock.Open(settings.DataFolder, settings.ClockRate, TimeProvider.System))
            // What activities answer is written with this, and so the rest of Durable is read with it too.
            .Configure<WorkerOptions>(worker => worker.Serializer = new JsonObjectSerializer(Serializing()))
            .AddStorage(settings.Storage)
            .AddProduct(settings)
            .AddHostedService<HostWatch>();
        using var host = builder.Build();
        await SharedSecret.Bring(
            host.Services.GetRequiredService<Tables>().Suppression, Outgoing.LinksSecret(settings));
        await host.Services.Open();
        await host.RunAsync();
    }

    /// <summary>The orchestrations' own JSON; what else the host sends, such as a timer's facts, as it is.</summary>
    private static JsonSerializerOptions Serializing() => new(Orchestrations.Json)
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(
            Orchestrations.Json.TypeInfoResolver, new DefaultJsonTypeInfoResolver()),
    };

    /// <summary>What of the settings cannot serve several machines.</summary>
    public static IEnumerable<string> Problems(Settings settings)
    {
        if (!settings.Storage.IsAzure)
            yield return "Storage:Engine must be azure under the Functions host: its machines come and go.";
        if (settings.ApiKey is null)
            yield return "Api:Key is missing: under the Functions host several machines must know the same key.";
        if (settings.Sources.Any(source => source == ConfiguredSource.Demo))
            yield return "Sources is missing: under the Functions host every source needs its secret "
                + "(Sources__{name}__Platform, Sources__{name}__Secret).";
    }

    private static void Log(ILoggingBuilder logging, IConfiguration configuration) => logging
        .AddFilter("Microsoft", LogLevel.Warning)
        .AddConfiguration(configuration.GetSection("Logging"));
}

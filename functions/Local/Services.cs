using Automation.DurableTask.Embedded;
using Automation.Functions.Hosting;
using Automation.Functions.Journeys;
using Automation.Marketing;
using Automation.Marketing.Journeys;
using Automation.Sqlite;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Automation.Functions.Local;

/// <summary>What one machine brings: the file, the embedded task hub, the shop's clock.</summary>
public static class Services
{
    /// <summary>Orchestrations in this process, in a file of the data folder; tables and queues there too, or in an
    /// Azure account.</summary>
    public static IServiceCollection AddOneMachine(
        this IServiceCollection services, Settings settings, TimeProvider wall)
    {
        Files.OwnFolder(settings.DataFolder);
        services.TryAddSingleton(new SqliteOptions());
        services.AddKeyedSingleton(Clocks.Wall, wall);
        if (settings.ClockRate == 1)
            services.TryAddSingleton(_ => Clock.Open(settings.DataFolder, settings.ClockRate, wall));
        else
            services
                .AddSingleton(_ => Clock.Lapse(settings.DataFolder, settings.ClockRate, wall))
                .AddSingleton(made => made.GetRequiredService<TimeLapse>().Time);
        return services
            .AddSingleton(made => SqliteDatabase.Open(
                Path.Combine(settings.DataFolder, Hosting.Files.Database), made.GetRequiredService<SqliteOptions>()))
            .AddTaskHub(isMoved: settings.ClockRate != 1)
            .AddStorage(settings.Storage);
    }

    /// <summary>The embedded task hub, and journeys on it.</summary>
    /// <param name="isMoved">The clock is moved to each timer; nobody puts it forward otherwise.</param>
    public static IServiceCollection AddTaskHub(this IServiceCollection services, bool isMoved)
    {
        services.TryAddSingleton<JourneyOrchestrations>();
        services.TryAddSingleton<IJourneyOrchestrations, OneFileOrchestrations>();
        return services.AddSingleton(made => new EmbeddedTaskHub(
                made.GetRequiredService<SqliteDatabase>(),
                Orchestrations.Registry(),
                made.GetService<EmbeddedTaskHubOptions>()
                    ?? (isMoved ? new() { LongestSleep = TimeSpan.FromDays(30) } : new()),
                new()
                {
                    Clock = made.GetRequiredService<TimeProvider>(),
                    Log = made.GetRequiredService<ILoggerFactory>().CreateLogger("Automation.Durable"),
                    Converter = Orchestrations.Converter,
                    Services = made,
                }))
            .AddSingleton(made => new Stopping(made.GetRequiredService<EmbeddedTaskHub>().Stopping))
            .AddSingleton<DurableTaskClient>(made => made.GetRequiredService<EmbeddedTaskHub>().Client);
    }
}

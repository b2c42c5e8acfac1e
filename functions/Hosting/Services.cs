using Automation.Functions.Attention;
using Automation.Functions.Console;
using Automation.Functions.Doctor;
using Automation.Functions.Health;
using Automation.Functions.Http;
using Automation.Functions.Journeys;
using Automation.Functions.Mails;
using Automation.Functions.Metrics;
using Automation.Functions.Newsletters;
using Automation.Functions.Publishing;
using Automation.Marketing;
using Automation.Marketing.Chat;
using Automation.Marketing.Consent;
using Automation.Marketing.Engagement;
using Automation.Marketing.Intake;
using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Issues;
using Automation.Sqlite;
using Automation.Storage;
using Automation.Storage.Azure;
using Automation.Storage.Sqlite;
using Azure.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Automation.Functions.Hosting;

/// <summary>The product's own services, the same under both hosts; what a host brings stands in <c>Local</c> and
/// <c>Worker</c>.</summary>
public static class Services
{
    /// <summary>All that does not depend on who drives the functions. The shop's clock is the wall's until a host
    /// brings another.</summary>
    public static IServiceCollection AddProduct(this IServiceCollection services, Settings settings)
    {
        Files.OwnFolder(settings.DataFolder);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddKeyedSingleton(Clocks.Wall, TimeProvider.System);
        services.TryAddSingleton(settings.Marketing(isSingleProcess: true));
        services.TryAddSingleton(
            made => Outgoing.Transport(settings, made.Wall(), made.GetRequiredService<ILoggerFactory>()));
        services.TryAddSingleton(_ => Outgoing.Links(settings));
        services.TryAddSingleton(made => Outgoing.Senders(settings, made.GetRequiredService<LinkTokens>()));
        services.TryAddSingleton<IJourneyOrchestrations, JourneyOrchestrations>();
        services.TryAddSingleton<JourneyHold>();
        services.TryAddSingleton<WalkMoves>();
        services.TryAddSingleton<IIssueOrchestrations, IssueOrchestrations>();
        if (settings.Line is { } line)
        {
            services.AddSingleton(new LineDoor(line.Name, line.Secret));
            services.TryAddSingleton(made => Outgoing.Line(
                line, made.Wall(), made.GetRequiredService<ILoggerFactory>()));
        }
        if (settings.Model is { } model)
        {
            services.TryAddSingleton(_ => model.Client());
            services.AddSingleton(new ChatModelSettings(TimeSpan.FromSeconds(model.Seconds), model.Redacts));
            services.AddSingleton<ChatModel>();
        }
        if (settings.SendGrid.WebhookPublicKey is { } key) services.AddSingleton(new SendGridSignature(key));
        return services
            .AddSingleton(settings)
            .AddSingleton<IReadOnlyDictionary<string, SourceSettings>>(_ => Sources.Open(settings))
            .AddSingleton(_ => OwnKey.Find(settings))
            .AddSingleton(made => KeyReader.Ring(settings, made.GetRequiredService<OwnKey>()))
            .AddSingleton<BearerKeys>()
            .AddSingleton<HttpRoutes>()
            .AddConsole()
            .AddSingleton<Functions.Chat.ChatLimits>()
            .AddSingleton<Functions.Consent.AddressLimit>()
            .AddSingleton<Line.LinkLimit>()
            .AddSingleton<Functions.Chat.ChatDoor>()
            .AddSingleton(made => new IntakePriority(made.Wall()))
            .AddSingleton(made => new Alerts(
                made.GetRequiredService<ILoggerFactory>().CreateLogger("Automation.Alerts")))
            .AddSingleton<DataFile>()
            .AddSingleton<Pulse>()
            .AddSingleton<AlarmPages>()
            .AddSingleton<DurableClients>()
            .AddSingleton<IssueProgress>()
            .AddSingleton<IssueSends>()
            .AddSingleton<IssueService>()
            .AddSingleton<IssueMoving>()
            .AddSingleton<Previews>()
            .AddSingleton<ParkMessages>()
            .AddSingleton<StartCheck>()
            .AddSingleton<KeptFigures>()
            .AddSingleton<StandingFigures>()
            .AddSingleton<Replays.PastReading>()
            .AddSingleton<Replays.ReplayRun>()
            .AddSingleton<Replays.ReplayDesk>()
            .AddShopFiles()
            .ConfigureHttpJsonOptions(json => AnswerJson.Set(json.SerializerOptions))
            .AddMarketing();
    }

    /// <summary>Tables and queues as configured: in the data folder's file, or in an Azure account.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, StorageSettings storage)
    {
        if (storage.IsAzure)
            services
                .AddSingleton(_ => new DefaultAzureCredential())
                .AddSingleton(made => storage.ConnectionString is { } secret
                    ? new AzureStorage(secret)
                    : new AzureStorage(storage.Account!, made.GetRequiredService<DefaultAzureCredential>()))
                .AddSeam(
                    made => made.GetRequiredService<AzureStorage>().Tables,
                    made => made.GetRequiredService<AzureStorage>().Queues);
        else
            services.AddSeam(
                made => new SqliteTableService(made.GetRequiredService<SqliteDatabase>(), made.Wall()),
                made => new SqliteQueueService(made.GetRequiredService<SqliteDatabase>(), made.Wall()));
        services.TryAddSingleton<Tables>();
        return services;
    }

    /// <summary>The time outside.</summary>
    public static TimeProvider Wall(this IServiceProvider made) =>
        made.GetRequiredKeyedService<TimeProvider>(Clocks.Wall);

    private static IServiceCollection AddSeam(
        this IServiceCollection services, Func<IServiceProvider, TableService> tables,
        Func<IServiceProvider, QueueService> queues)
    {
        services.TryAddSingleton(tables);
        services.TryAddSingleton(queues);
        return services;
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Automation.Marketing.Inbox;

/// <summary>Webhooks as they came: kept, refused, set aside.</summary>
public static class Services
{
    public static IServiceCollection AddInbox(this IServiceCollection services) => services
        .AddSingleton<Parking>()
        .AddSingleton<AttentionList>()
        .AddKeyedSingleton(Queues.Orders, (made, _) => new Envelopes(made.Tables().OrderQueue, made.Tables().Bodies))
        .AddKeyedSingleton(
            Queues.Engagement,
            (made, _) => new Envelopes(made.Tables().EngagementQueue, made.Tables().Bodies))
        .AddSingleton(made => new Refusals(
            made.Tables(),
            made.GetRequiredKeyedService<TimeProvider>(Clocks.Wall),
            made.GetRequiredService<ILoggerFactory>().CreateLogger("Automation.Webhooks")));

    private static Tables Tables(this IServiceProvider made) => made.GetRequiredService<Tables>();
}

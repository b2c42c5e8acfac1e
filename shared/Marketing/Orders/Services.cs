using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Automation.Marketing.Orders;

/// <summary>What was bought, and the webhooks that say so.</summary>
public static class Services
{
    public static IServiceCollection AddOrders(this IServiceCollection services) => services
        .AddSingleton<OrderStore>()
        .AddSingleton<OrderDesk>()
        .AddSingleton<Products>()
        .AddSingleton<Suggestions>()
        .AddSingleton<Parking>()
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

using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Orders;

/// <summary>What was bought, and what follows from it about a customer.</summary>
public static class Services
{
    public static IServiceCollection AddOrders(this IServiceCollection services) => services
        .AddSingleton<OrderStore>()
        .AddSingleton<Checkouts>()
        .AddSingleton<Products>()
        .AddSingleton<UsualIntervals>()
        .AddSingleton<Suggestions>()
        .AddSingleton<Regulars>()
        .AddSingleton<Regularities>()
        .AddSingleton<BuyingHabits>()
        .AddSingleton<RegularsList>()
        .AddSingleton<LateWord>()
        .AddSingleton<LatenessScan>();
}

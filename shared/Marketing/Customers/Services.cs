using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Customers;

/// <summary>Who the shop knows, and what the law lets them ask.</summary>
public static class Services
{
    public static IServiceCollection AddCustomers(this IServiceCollection services) => services
        .AddSingleton<CustomerStore>()
        .AddSingleton<TimelineErasure>()
        .AddSingleton<ParkedTraces>()
        .AddSingleton<Erasure>()
        .AddSingleton<ShopErasure>()
        .AddSingleton<Disclosure>()
        .AddSingleton<Requests>()
        .AddSingleton<Keeping>()
        .AddSingleton<Sensing>();
}

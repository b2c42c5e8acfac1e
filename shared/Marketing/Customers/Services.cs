using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Customers;

/// <summary>Who the shop knows.</summary>
public static class Services
{
    public static IServiceCollection AddCustomers(this IServiceCollection services) => services
        .AddSingleton<CustomerStore>()
        .AddSingleton<Suppressions>();
}

using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Shop;

/// <summary>The shop as its files say.</summary>
public static class Services
{
    public static IServiceCollection AddShop(this IServiceCollection services) => services
        .AddSingleton(_ => new CurrentShop())
        .AddSingleton<Publishing>()
        .AddSingleton<RefusedFiles>();
}

using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Shop;

/// <summary>The shop as last published.</summary>
public static class Services
{
    public static IServiceCollection AddShop(this IServiceCollection services) => services
        .AddSingleton(_ => new CurrentShop());
}

using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Publishing;

/// <summary>The shop folder, checked and made the shop.</summary>
public static class Services
{
    public static IServiceCollection AddPublishing(this IServiceCollection services) => services
        .AddSingleton<TextPublisher>()
        .AddSingleton<ShopPublisher>()
        .AddSingleton<RefusedFiles>();
}

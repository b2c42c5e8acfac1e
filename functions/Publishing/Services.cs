
namespace Automation.Functions.Publishing;

/// <summary>The shop's own files: watched, drafted, pushed.</summary>
public static class Services
{
    public static IServiceCollection AddShopFiles(this IServiceCollection services) => services
        .AddSingleton<ShopFiles>()
        .AddSingleton<ShopWatch>()
        .AddSingleton<ShopDraft>()
        .AddSingleton<ShopFilePublisher>()
        .AddSingleton<ShopNews>();
}

using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Engagement;

/// <summary>What became of a send.</summary>
public static class Services
{
    public static IServiceCollection AddEngagement(this IServiceCollection services) => services
        .AddSingleton<AccountAttention>()
        .AddSingleton<AddressBlocking>()
        .AddSingleton<ToldSends>()
        .AddSingleton<SendNews>()
        .AddSingleton<Effects>()
        .AddSingleton<EngagementService>();
}

using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Privacy;

/// <summary>What the law lets people ask, and what is forgotten.</summary>
public static class Services
{
    public static IServiceCollection AddPrivacy(this IServiceCollection services) => services
        .AddSingleton<TimelineErasure>()
        .AddSingleton<ParkedTraces>()
        .AddSingleton<KnownAddresses>()
        .AddSingleton<ErasureBegin>()
        .AddSingleton<ErasureEnd>()
        .AddSingleton<Erasure>()
        .AddSingleton<ShopErasure>()
        .AddSingleton<Disclosure>()
        .AddSingleton<Requests>()
        .AddSingleton<RetentionSweep>();
}

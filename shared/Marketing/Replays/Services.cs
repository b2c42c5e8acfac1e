using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Replays;

/// <summary>The shop's own past, told again.</summary>
public static class Services
{
    public static IServiceCollection AddReplays(this IServiceCollection services) => services
        .AddSingleton<ReplayStore>();
}

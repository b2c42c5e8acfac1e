using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.History;

/// <summary>What happened to a customer.</summary>
public static class Services
{
    public static IServiceCollection AddHistory(this IServiceCollection services) => services.AddSingleton<Timelines>();
}

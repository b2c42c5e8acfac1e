using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Lines;

/// <summary>What the shop writes on LINE.</summary>
public static class Services
{
    public static IServiceCollection AddLines(this IServiceCollection services) => services
        .AddSingleton<PublishedLines>();
}

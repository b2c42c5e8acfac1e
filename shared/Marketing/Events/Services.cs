using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Events;

/// <summary>What other systems tell.</summary>
public static class Services
{
    public static IServiceCollection AddEvents(this IServiceCollection services) => services
        .AddSingleton<EventDesk>();
}

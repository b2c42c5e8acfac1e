using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Plan;

/// <summary>The discipline of what a person receives.</summary>
public static class Services
{
    public static IServiceCollection AddPlan(this IServiceCollection services) => services
        .AddSingleton<PlanGuard>();
}

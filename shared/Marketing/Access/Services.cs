using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Automation.Marketing.Access;

/// <summary>Who may, and what they did.</summary>
public static class Services
{
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.TryAddSingleton<Sessions>();
        return services.AddSingleton<AuditLog>();
    }
}

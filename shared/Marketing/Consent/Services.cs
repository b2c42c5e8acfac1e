using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Consent;

/// <summary>What customers agreed to, and how they take it back.</summary>
public static class Services
{
    public static IServiceCollection AddConsent(this IServiceCollection services) => services
        .AddSingleton<Suppressions>()
        .AddSingleton<ConsentDesk>()
        .AddSingleton<PreferenceDesk>()
        .AddSingleton<ConfirmDesk>();
}

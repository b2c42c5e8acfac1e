using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Consent;

/// <summary>What customers agreed to.</summary>
public static class Services
{
    public static IServiceCollection AddConsent(this IServiceCollection services) => services
        .AddSingleton<ConsentService>()
        .AddSingleton<ConsentByHand>();
}

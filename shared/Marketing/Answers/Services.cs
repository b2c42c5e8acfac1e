using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Answers;

/// <summary>What the shop has to say, found by what is asked.</summary>
public static class Services
{
    public static IServiceCollection AddAnswers(this IServiceCollection services) =>
        services.AddSingleton<PublishedAnswers>();
}

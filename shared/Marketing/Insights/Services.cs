using Automation.Marketing.Newsletters.Issues;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Insights;

/// <summary>The shop in figures.</summary>
public static class Services
{
    public static IServiceCollection AddInsights(this IServiceCollection services) => services
        .AddSingleton<Sums>()
        .AddSingleton<TallyBookmark>()
        .AddSingleton<Contributions>()
        .AddSingleton<Tally>()
        .AddSingleton<Reader>()
        .AddSingleton<IExpectations>(made => made.GetRequiredService<Reader>());
}

using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Search;

/// <summary>Finding customers.</summary>
public static class Services
{
    public static IServiceCollection AddSearch(this IServiceCollection services) => services
        .AddSingleton<SearchIndex>()
        .AddSingleton<SearchIndexer>()
        .AddSingleton<CustomerSearch>();
}

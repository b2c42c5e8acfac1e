using System.Text.Encodings.Web;
using System.Text.Unicode;
using Automation.Functions.Attention;
using Automation.Functions.Console.Journeys;
using Automation.Functions.Console.Letters;
using Automation.Functions.Console.Setup;
using Automation.Functions.Orders;

namespace Automation.Functions.Console;

/// <summary>What the console's pages are made of; the same under both hosts.</summary>
public static class Services
{
    public static IServiceCollection AddConsole(this IServiceCollection services)
    {
        // Japanese stays Japanese in the page's source, and a page half its size.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddRazorComponents();
        // Nothing here is protected by its keys: a session is a row. It would make some at each start, beside the data
        // folder.
        if (services.FirstOrDefault(one => one.ImplementationType?.Name == "DataProtectionHostedService") is { } keys)
            services.Remove(keys);
        return services
            .AddSingleton<ConsoleDoor>()
            .AddSingleton<Visits>()
            .AddSingleton<AttentionCount>()
            .AddSingleton<SignInLimit>()
            .AddSingleton<Health.Ready>()
            .AddSingleton<RetryParked>()
            .AddSingleton<Arrivals>()
            .AddSingleton<SourceLines>()
            .AddSingleton<ShopLines>()
            .AddSingleton<TestPost>()
            .AddSingleton<Customers.CustomerViews>()
            .AddSingleton<JourneyViews>()
            .AddSingleton<JourneyDrafts>()
            .AddSingleton<ScenarioPlayer>()
            .AddLetters();
    }
}

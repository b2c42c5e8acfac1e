using Automation.Marketing;
using Automation.Marketing.Consent;
using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Sending;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Functions.Tests;

/// <summary>The product's services over tables, clocks and seams of a test.</summary>
internal static class TestServices
{
    public static IServiceCollection Over(
        Tables tables, TimeProvider time, TimeProvider wall, IJourneyOrchestrations alarms, IIssueOrchestrations issues,
        IMailTransport transport) => new ServiceCollection()
        .AddLogging()
        .AddMarketing()
        .AddSingleton(tables)
        .AddSingleton(time)
        .AddKeyedSingleton(Clocks.Wall, wall)
        .AddSingleton(alarms)
        .AddSingleton(issues)
        .AddSingleton(transport)
        .AddSingleton(Senders.Nobody)
        .AddSingleton(LinkTokens.Of(new byte[32]))
        .AddSingleton(new MarketingOptions { PublicUrl = "https://shop.example.jp" });

    public static T Get<T>(this IServiceProvider services) where T : notnull => services.GetRequiredService<T>();
}

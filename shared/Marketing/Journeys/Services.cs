using Automation.Marketing.People;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Journeys;

/// <summary>Journeys as published, and who walks them.</summary>
public static class Services
{
    /// <summary>Other machines look for what was published every half minute.</summary>
    private static readonly TimeSpan KnownEverywhere = TimeSpan.FromSeconds(45);

    public static IServiceCollection AddJourneys(this IServiceCollection services) => services
        .AddSingleton(made => new PublishedJourneys(
            made.GetRequiredService<Tables>(),
            made.GetRequiredService<CurrentShop>(),
            made.GetRequiredService<TimeProvider>(),
            made.GetRequiredService<MarketingOptions>().IsSingleProcess ? default : KnownEverywhere))
        .AddSingleton<Precedence>()
        .AddSingleton<HeldWalks>()
        .AddSingleton<EnrollmentStore>()
        .AddSingleton<MergedWalks>()
        .AddSingleton<Diary>()
        .AddSingleton<NextWalks>()
        .AddSingleton<Enroller>()
        .AddSingleton<Becoming>()
        .AddSingleton<INightWatch, NightWatch>()
        .AddSingleton<Listeners>()
        .AddSingleton<EventStarts>()
        .AddSingleton<JourneyTriggers>()
        .AddSingleton<IShopEvents>(made => made.GetRequiredService<JourneyTriggers>())
        .AddSingleton<Situations>()
        .AddSingleton<MessageNeeds>()
        .AddSingleton<StepTexts>()
        .AddSingleton<Standings>()
        .AddSingleton<IStandings>(made => made.GetRequiredService<Standings>())
        .AddSingleton<Calls>()
        .AddSingleton<Coupons>()
        .AddSingleton<RoundStart>()
        .AddSingleton<RoundSends>()
        .AddSingleton<RoundDeeds>()
        .AddSingleton<RoundSteps>()
        .AddSingleton<Walker>()
        .AddSingleton<StuckWalks>()
        .AddSingleton<ExplainJourney>()
        .AddSingleton<EnrollmentByHand>()
        .AddSingleton<LeavingByHand>()
        .AddSingleton<Moves>()
        .AddSingleton<MoveSteps>()
        .AddSingleton<Mover>()
        .AddSingleton<Sweep>();
}

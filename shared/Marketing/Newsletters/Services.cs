using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Automation.Marketing.Plan;
using Automation.Marketing.Sending;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing.Newsletters;

/// <summary>The weekly appointment: when, what, and to whom, exactly once.</summary>
public static class Services
{
    public static IServiceCollection AddNewsletters(this IServiceCollection services) => services
        .AddSingleton<PublishedNewsletters>()
        .AddSingleton<IIssueSends>(made => made.GetRequiredService<ChunkLedger>())
        .AddSingleton<INewsletters>(made => made.GetRequiredService<PublishedNewsletters>())
        .AddSingleton<IPlannedMailings, ReaderMailings>()
        .AddSingleton(made => new ChunkClaims(
            made.GetRequiredService<MarketingOptions>().IsSingleProcess,
            made.GetRequiredService<ChunkDispatch>().Longest))
        .AddSingleton<IssueStore>()
        .AddSingleton<ChunkLedger>()
        .AddSingleton<PlannedMailings>()
        .AddSingleton<ComingIssues>()
        .AddSingleton<IssueLines>()
        .AddSingleton<CompiledIssues>()
        .AddSingleton<BatchDispatch>()
        .AddSingleton<LineDispatch>()
        .AddSingleton<ChunkDispatch>()
        .AddSingleton<ChunkPreparing>()
        .AddSingleton<RateLimit>()
        .AddSingleton<ChunkSending>()
        .AddSingleton<IssueAttention>()
        .AddSingleton<ShardSending>()
        .AddSingleton<ShopSlots>()
        .AddSingleton<Bursts>()
        .AddSingleton<Audiences>()
        .AddSingleton<SlotContents>()
        .AddSingleton<SubjectResults>()
        .AddSingleton<IssueBook>()
        .AddSingleton<IssueObstacles>()
        .AddSingleton<SubjectDecision>()
        .AddSingleton<LiveIssues>()
        .AddSingleton<ShardPages>()
        .AddSingleton<IssueOpening>()
        .AddSingleton<IssueControl>()
        .AddSingleton<IssueQuestion>()
        .AddSingleton<IssueStart>()
        .AddSingleton<IssueSteering>()
        .AddSingleton<SlotBookmarks>()
        .AddSingleton<SlotDeed>()
        .AddSingleton<SlotScheduler>()
        .AddSingleton<SlotSteering>()
        .AddSingleton<WarningClaims>()
        .AddSingleton<SlotWarningMail>()
        .AddSingleton<SlotWarnings>()
        .AddSingleton<NewsletterCalendar>()
        .AddSingleton<Mailings>()
        .AddSingleton<ExplainNewsletter>()
        .AddSingleton<AudienceForecast>();
}

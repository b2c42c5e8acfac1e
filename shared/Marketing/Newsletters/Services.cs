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
        .AddSingleton<IPlannedMailings, ReaderAppointments>()
        .AddSingleton(made => new ChunkClaims(
            made.GetRequiredService<MarketingOptions>().IsSingleProcess,
            made.GetRequiredService<Handing>().Longest))
        .AddSingleton<IssueStore>()
        .AddSingleton<ChunkLedger>()
        .AddSingleton<AppointmentBook>()
        .AddSingleton<ComingIssues>()
        .AddSingleton<Editions>()
        .AddSingleton<Handing>()
        .AddSingleton<Pace>()
        .AddSingleton<ChunkSending>()
        .AddSingleton<IssueAttention>()
        .AddSingleton<ShardSending>()
        .AddSingleton<Bursts>()
        .AddSingleton<Fillings>()
        .AddSingleton<SubjectResults>()
        .AddSingleton<IssueDesk>()
        .AddSingleton<IssueStart>()
        .AddSingleton<SlotBookmarks>()
        .AddSingleton<SlotDesk>()
        .AddSingleton<SlotWarnings>()
        .AddSingleton<NewsletterCalendar>()
        .AddSingleton<Mailings>();
}

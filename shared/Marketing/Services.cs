using Automation.Marketing.Access;
using Automation.Marketing.Answers;
using Automation.Marketing.Chat;
using Automation.Marketing.Choices;
using Automation.Marketing.Consent;
using Automation.Marketing.Customers;
using Automation.Marketing.Engagement;
using Automation.Marketing.History;
using Automation.Marketing.Inbox;
using Automation.Marketing.Insights;
using Automation.Marketing.Intake;
using Automation.Marketing.Journeys;
using Automation.Marketing.Lines;
using Automation.Marketing.Mails;
using Automation.Marketing.Newsletters;
using Automation.Marketing.Orders;
using Automation.Marketing.Plan;
using Automation.Marketing.Privacy;
using Automation.Marketing.Publishing;
using Automation.Marketing.Replays;
using Automation.Marketing.Search;
using Automation.Marketing.Sending;
using Automation.Marketing.Shop;
using Microsoft.Extensions.DependencyInjection;

namespace Automation.Marketing;

/// <summary>Everything the product can do. Whoever hosts it brings the seams: <see cref="Marketing.Tables"/>, the
/// shop's <see cref="TimeProvider"/> and the one of the wall (<see cref="Clocks.Wall"/>),
/// <see cref="Journeys.IJourneyOrchestrations"/>, <see cref="Newsletters.Issues.IIssueOrchestrations"/>,
/// <see cref="Sending.IMailTransport"/>, <see cref="Sending.Senders"/>, <see cref="Consent.LinkTokens"/>,
/// <see cref="MarketingOptions"/> and a log.</summary>
public static class Services
{
    public static IServiceCollection AddMarketing(this IServiceCollection services) => services
        .AddSingleton<ClockJumps>()
        .AddShop()
        .AddInbox()
        .AddAccess()
        .AddCustomers()
        .AddConsent()
        .AddOrders()
        .AddSearch()
        .AddMails()
        .AddLines()
        .AddAnswers()
        .AddPlan()
        .AddSending()
        .AddJourneys()
        .AddNewsletters()
        .AddEngagement()
        .AddHistory()
        .AddInsights()
        .AddChoices()
        .AddChat()
        .AddPrivacy()
        .AddIntake()
        .AddPublishing()
        .AddReplays();
}

using Automation.Console.Insights;
using Automation.Marketing.Insights;
using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Orders;
using Microsoft.Azure.Functions.Worker;
using Page = Automation.Console.Insights.InsightsPage;

namespace Automation.Functions.Console;

/// <summary>What it all comes to: repeat rate and value by month, journeys and their lift, newsletters, what is bought
/// next. Storage: one read where nothing was counted since the last look, the newsletters' issues, the product pairs'
/// partition and a row for each product in them.</summary>
public sealed class InsightsPage(
    Reader reader, PublishedJourneys journeys, PublishedNewsletters newsletters, IssueStore issues, Products products)
{
    private const int Days = 90, Issues = 26, Pairs = 20;

    [Function("ConsoleInsights")]
    public async Task<RazorComponentResult<Page>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/insights")] HttpRequest request)
    {
        var cancellation = request.HttpContext.RequestAborted;
        var (book, countedAt) = await reader.Read(cancellation);
        var cohorts = book.Cohorts();
        return request.Page<Page>(new InsightsReport
        {
            CountedAt = countedAt,
            Thanks = ThanksReport.Of(book),
            Customers = BuyersReport.Of(cohorts),
            Days = book.Days(Days),
            Cohorts = [.. cohorts.Select(cohort => new CohortFigures(cohort))],
            Journeys = [.. journeys.All.OrderBy(one => one.Id, StringComparer.Ordinal)
                .Select(one => Line(one, book, countedAt))],
            Issues = await Sent(book, countedAt, cancellation),
            Rhythms = book.Rhythms(),
            Pairs = [.. (await products.Pairs(
                Pairs, cancellation)).Select(pair => new ProductPair(pair.First, pair.Then, pair.Customers))],
        });
    }

    private static JourneyLine Line(PublishedJourney journey, Book book, DateTimeOffset? countedAt) => new(
        journey.Id, journey.Journey.Name, JourneyReport.Of(book, journey.Id, journey.Journey, countedAt));

    private async Task<IReadOnlyList<IssueInsights>> Sent(
        Book book, DateTimeOffset? countedAt, CancellationToken cancellation)
    {
        List<IssueInsights> sent = [];
        foreach (var newsletter in newsletters.All())
            await foreach (var issue in issues.Of(newsletter.Id).WithCancellation(cancellation))
                if (issue.State == IssueState.Sent) sent.Add(new(issue, book, countedAt));
        return [.. sent.OrderBy(one => one.Issue.Slot).TakeLast(Issues)];
    }
}

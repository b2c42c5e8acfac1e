using Automation.Marketing.Insights;
using Automation.Marketing.Newsletters.Issues;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Insights;

/// <summary>The first screen: how fast thank-yous go out, who comes back, what journeys and newsletters do.</summary>
public sealed class GetInsights(Reader reader, PublishedNewsletters newsletters, IssueStore issues)
{
    [Function(nameof(GetInsights))]
    public async Task<Ok<Overview>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/insights")] HttpRequest request)
    {
        var (book, countedAt) = await reader.Read(request.HttpContext.RequestAborted);
        return TypedResults.Ok(new Overview
        {
            CountedAt = countedAt,
            Thanks = ThanksReport.Of(book),
            Customers = BuyersReport.Of(book.Cohorts()),
            Journeys =
            [
                .. book.Figures.Parts("journey|")
                    .Select(journey => new JourneyFigures(journey, new(book.Figures, $"journey|{journey}|"))),
            ],
            Newsletters = await Sent(book),
        });
    }

    /// <summary>Issues as their rows say: they are there as soon as they go out, whether or not a provider tells what
    /// became of them.</summary>
    private async Task<IReadOnlyList<NewsletterFigures>> Sent(Book book)
    {
        var all = new List<NewsletterFigures>();
        var known = newsletters.All().Select(one => one.Id).Union(book.Figures.Parts("issue|"));
        foreach (var newsletter in known.Order(StringComparer.Ordinal))
        {
            var gone = await issues.Of(newsletter)
                .Where(issue => issue.StartedAt is not null || issue.State is IssueState.Sending or IssueState.Sent)
                .Select(issue => issue.Counts.Sent)
                .ToListAsync();
            if (gone.Count > 0)
                all.Add(new(
                    newsletter, gone.Count, gone.Sum(), ShareReport.From(book.OptOuts($"issue|{newsletter}|"))));
        }
        return all;
    }
}

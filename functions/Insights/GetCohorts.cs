using Automation.Marketing.Insights;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Insights;

/// <summary>Customers by the month of their first order: who came back (F2 転換率), and what they were worth, month by
/// month; and how often customers come.</summary>
public sealed class GetCohorts(Reader reader)
{
    [Function(nameof(GetCohorts))]
    public async Task<Ok<CohortReport>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/insights/cohorts")] HttpRequest request)
    {
        var (book, countedAt) = await reader.Read(request.HttpContext.RequestAborted);
        return TypedResults.Ok(new CohortReport(
            countedAt, [.. book.Cohorts().Select(cohort => new CohortFigures(cohort))], book.Rhythms()));
    }
}

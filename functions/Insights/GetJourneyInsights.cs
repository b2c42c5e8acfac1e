using Automation.Functions.Http;
using Automation.Marketing.Insights;
using Automation.Marketing.Journeys;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Insights;

/// <summary>What a journey does: who entered, where they wait, what became of each mail, and whether it makes a
/// difference.</summary>
public sealed class GetJourneyInsights(Reader reader, PublishedJourneys journeys)
{
    [Function(nameof(GetJourneyInsights))]
    public async Task<Results<Ok<JourneyReport>, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/insights/journeys/{id}")] HttpRequest request,
        string id)
    {
        var (book, countedAt) = await reader.Read(request.HttpContext.RequestAborted);
        var journey = journeys.Latest(id)?.Journey;
        var report = JourneyReport.Of(book, id, journey, countedAt);
        return journey is null && report.Entered == 0 ? Missing.Journey : TypedResults.Ok(report);
    }
}

using Automation.Functions.Http;
using Automation.Marketing.Insights;
using Automation.Marketing.Journeys;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Insights;

/// <summary>
/// What a journey does: who entered, where they wait, what became of each mail, and whether it makes a difference.
/// </summary>
public sealed class GetJourneyInsights(Reader reader, PublishedJourneys journeys)
{
    [Function(nameof(GetJourneyInsights))]
    public async Task<Results<Ok<JourneyReport>, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/insights/journeys/{id}")] HttpRequest request,
        string id)
    {
        var (book, countedAt) = await reader.Read(request.HttpContext.RequestAborted);
        var (journey, figures) = (journeys.Latest(id)?.Journey, new FiguresOf(book.Figures, $"journey|{id}|"));
        if (journey is null && figures["entered"] == 0) return Missing.Journey;
        var window = journey?.Goal?.Within ?? Counting.UsualWindow;
        return TypedResults.Ok(
            new JourneyReport(id, countedAt, window.ToString(), figures) { Lift = LiftReport.Of(book, id) });
    }
}

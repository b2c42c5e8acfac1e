using Automation.Functions.Hosting;
using Automation.Marketing.Journeys;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Journeys;

/// <summary>The journeys in force, and what is wrong with the shop folder.</summary>
public sealed class ListJourneys(PublishedJourneys journeys, ShopWatch shop)
{
    [Function(nameof(ListJourneys))]
    public Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/journeys")] HttpRequest request) => request.HttpContext.Ok(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("items");
        foreach (var journey in journeys.All.OrderBy(j => j.Id, StringComparer.Ordinal)) json.Write(journey, journeys.IsPaused(journey.Id));
        json.WriteEndArray();
        json.Write("problems", shop.Problems);
        json.WriteEndObject();
    });
}

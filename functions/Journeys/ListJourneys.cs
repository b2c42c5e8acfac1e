using Automation.Functions.Publishing;
using Automation.Marketing;
using Automation.Marketing.Journeys;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Journeys;

/// <summary>The journeys in force, and what is wrong with the shop folder.</summary>
public sealed class ListJourneys(PublishedJourneys journeys, ShopWatch shop)
{
    [Function(nameof(ListJourneys))]
    public Ok<JourneyList> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/journeys")] HttpRequest request) =>
        TypedResults.Ok(new JourneyList(
            [
                .. journeys.All
                    .OrderBy(journey => journey.Id, StringComparer.Ordinal)
                    .Select(journey => new JourneySummary(journey, journeys)),
            ],
            shop.Problems));
}

/// <summary>The journeys in force.</summary>
/// <param name="Problems">What is wrong in the shop's files.</param>
public sealed record JourneyList(IReadOnlyList<JourneySummary> Items, IReadOnlyList<Problem> Problems);

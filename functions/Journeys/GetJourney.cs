using Automation.Functions.Http;
using Automation.Functions.Publishing;
using Automation.Marketing.Journeys;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Journeys;

/// <summary>A journey as written in its file, and the version in force.</summary>
public sealed class GetJourney(PublishedJourneys journeys, ShopDraft draft)
{
    [Function(nameof(GetJourney))]
    public async Task<Results<Ok<JourneyText>, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/journeys/{id}")]
        HttpRequest request, string id) =>
        journeys.Latest(id) is { } journey && await draft.Written(ShopDraft.Journey(id)) is { } text
            ? TypedResults.Ok(new JourneyText(id, journey.Version, journeys.IsPaused(id), text))
            : Missing.Journey;
}

/// <summary>A journey's file.</summary>
/// <param name="Version">The one in force.</param>
public sealed record JourneyText(string Id, int Version, bool Paused, string Text);

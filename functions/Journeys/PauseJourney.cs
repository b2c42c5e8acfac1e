using Automation.Functions.Http;
using Automation.Marketing.Journeys;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Journeys;

/// <summary>Holds a journey, or lets it go on.</summary>
public sealed class PauseJourney(JourneyHold hold, PublishedJourneys journeys)
{
    [Function(nameof(PauseJourney))]
    public Task<Results<Ok<JourneySummary>, Refusal>> Pause(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/journeys/{id}/pause")] HttpRequest request,
        string id) => Set(id, paused: true);

    /// <summary>Lets a journey go on.</summary>
    [Function("ResumeJourney")]
    public Task<Results<Ok<JourneySummary>, Refusal>> Resume(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/journeys/{id}/resume")] HttpRequest request,
        string id) => Set(id, paused: false);

    private async Task<Results<Ok<JourneySummary>, Refusal>> Set(string id, bool paused) =>
        await hold.Set(id, paused) is { } journey
            ? TypedResults.Ok(new JourneySummary(journey, journeys))
            : Missing.Journey;
}

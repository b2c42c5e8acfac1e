using Automation.Functions.Http;
using Automation.Marketing;
using Automation.Marketing.Journeys;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Journeys;

/// <summary>
/// Holds a journey (nobody starts, whoever is in it stays where they are), or lets it go on: at once, through queue
/// <c>alarms</c>. Also one whose file is gone: people may still be in it.
/// </summary>
public sealed class PauseJourney(PublishedJourneys journeys, StuckWalks stuck, Tables tables)
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

    private async Task<Results<Ok<JourneySummary>, Refusal>> Set(string id, bool paused)
    {
        if (!JourneyReader.IsWellFormedId(id) || await journeys.Last(id) is not { } journey) return Missing.Journey;
        await journeys.SetPaused(journey.Id, paused, CancellationToken.None);
        if (!paused)
        {
            await tables.AlarmQueue.Send(new AlarmMessage.Resume(journey.Id).Write());
            await stuck.Forget(StuckWalks.Of(id), CancellationToken.None);
        }
        return TypedResults.Ok(new JourneySummary(journey, journeys));
    }
}

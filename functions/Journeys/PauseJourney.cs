using Automation.Marketing;
using Automation.Functions.Hosting;
using Automation.Marketing.Journeys;
using Automation.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Journeys;

/// <summary>
/// Holds a journey (nobody starts, whoever is in it stays where they are), or lets it go on: at once, through queue
/// <c>alarms</c>. Also one whose file is gone: people may still be in it.
/// </summary>
public sealed class PauseJourney(PublishedJourneys journeys, StuckWalks stuck, Tables tables)
{
    [Function(nameof(PauseJourney))]
    public Task Pause(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/journeys/{id}/pause")] HttpRequest request) => Set(request.HttpContext, true);

    [Function("ResumeJourney")]
    public Task Resume(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/journeys/{id}/resume")] HttpRequest request) => Set(request.HttpContext, false);

    private async Task Set(HttpContext http, bool paused)
    {
        var id = http.Route("id");
        if (!JourneyReader.IsWellFormedId(
            id) || await journeys.Last(id) is not { } journey) { await http.NoSuchJourney(); return; }
        await journeys.SetPaused(journey.Id, paused, CancellationToken.None);
        if (!paused)
        {
            await tables.AlarmQueue.Send(new AlarmMessage.Resume(journey.Id).Write());
            await stuck.Forget(StuckWalks.Of(id), CancellationToken.None);
        }
        await http.Ok(json => json.Write(journey, journeys.IsPaused(journey.Id)));
    }
}

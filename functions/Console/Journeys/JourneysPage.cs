using Automation.Console.Journeys;
using Automation.Functions.Http;
using Automation.Functions.Journeys;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Console.Journeys;

/// <summary>The journeys' list, and one journey.</summary>
public sealed class JourneysPage(JourneyViews shelf)
{
    /// <summary>Costs one read of the figures (none while they are unchanged) and one query of published
    /// journeys.</summary>
    [Function("ConsoleJourneys")]
    public async Task<RazorComponentResult<Automation.Console.Journeys.JourneysPage>> All(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/journeys")] HttpRequest request) =>
        request.Page<Automation.Console.Journeys.JourneysPage>(await shelf.All(request.HttpContext.RequestAborted));

    /// <summary>Costs one read of the figures (none while they are unchanged).</summary>
    [Function("ConsoleJourney")]
    public async Task<IResult> One(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/journeys/{id}")] HttpRequest request,
        string id) =>
        await shelf.Find(id, request.HttpContext.RequestAborted) is { } model
            ? request.Page<JourneyPage>(model)
            : Missing.Journey;
}

/// <summary>Holds a journey from the console, or lets it go on.</summary>
public sealed class HoldJourney(JourneyHold hold)
{
    [Function("ConsolePauseJourney")]
    public Task<IResult> Pause(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "console/journeys/{id}/pause")] HttpRequest request,
        string id) => Set(request, id, paused: true);

    /// <summary>Lets a journey go on.</summary>
    [Function("ConsoleResumeJourney")]
    public Task<IResult> Resume(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "console/journeys/{id}/resume")] HttpRequest request,
        string id) => Set(request, id, paused: false);

    private async Task<IResult> Set(HttpRequest request, string id, bool paused)
    {
        if (await hold.Set(id, paused) is null) return Missing.Journey;
        var back = request.Form["back"] == "/console/journeys" ? "/console/journeys" : $"/console/journeys/{id}";
        return Elsewhere.To(back, paused ? "paused" : "resumed");
    }
}

using Automation.Functions.Hosting;
using Automation.Marketing.Journeys;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Journeys;

/// <summary>A journey as written in its file, and the version in force.</summary>
public sealed class GetJourney(PublishedJourneys journeys, ShopDraft draft)
{
    [Function(nameof(GetJourney))]
    public async Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/journeys/{id}")] HttpRequest request)
    {
        var http = request.HttpContext;
        var id = http.Route("id");
        if (journeys.Latest(id) is not { } journey || await draft.Written(ShopDraft.Journey(id)) is not { } text) { await http.NoSuchJourney(); return; }
        await http.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteNumber("version", journey.Version);
            json.WriteBoolean("paused", journeys.IsPaused(id));
            json.WriteString("text", text);
            json.WriteEndObject();
        });
    }
}

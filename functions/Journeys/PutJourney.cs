using System.Text.Json;
using Automation.Functions.Hosting;
using Automation.Marketing.Journeys;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Journeys;

/// <summary>Checks a journey and makes it the one in force; says who is walking an earlier version (they stay in theirs). <c>?dryRun=true</c> only says.</summary>
public sealed class PutJourney(PublishedJourneys journeys, EnrollmentStore enrollments, ShopDraft draft, ShopWatch shop)
{
    [Function(nameof(PutJourney))]
    public async Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/journeys/{id}")] HttpRequest request)
    {
        var http = request.HttpContext;
        var id = http.Route("id");
        if (!http.HasJson()) { await http.Refuse(StatusCodes.Status415UnsupportedMediaType, "Send application/json."); return; }
        if (!JourneyReader.IsWellFormedId(id)) { await http.Refuse(StatusCodes.Status400BadRequest, "A journey's id is its file's name: lower-case letters, digits and dashes."); return; }
        if (http.IsDryRun() is not { } dryRun) { await http.UnclearDryRun(); return; }
        using var body = await RequestBody.Read(http.Request);
        if (draft.Obstacle(ShopDraft.Journey(
            id)) is { } obstacle) { await http.Refuse(StatusCodes.Status409Conflict, obstacle); return; }
        if (await draft.Check(ShopDraft.Journey(id), body.Bytes) is { Count: > 0 } problems)
        {
            await http.Refuse(StatusCodes.Status422UnprocessableEntity, "The journey has mistakes; nothing was changed.", json => json.Write("problems", problems));
            return;
        }
        if (!dryRun)
        {
            await draft.Write(ShopDraft.Journey(id), body.Bytes);
            await shop.Publish(CancellationToken.None);
        }
        var inFlight = new SortedDictionary<int, int>();
        await foreach (var walk in enrollments.Live())
            if (walk.Value.Id.Journey == id) inFlight[walk.Value.Version] = inFlight.GetValueOrDefault(walk.Value.Version) + 1;
        await http.Ok(json => Answer(json, id, dryRun, inFlight));
    }

    private void Answer(Utf8JsonWriter json, string id, bool dryRun, SortedDictionary<int, int> inFlight)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteBoolean("published", !dryRun);
        if (journeys.Latest(id) is { } journey) json.WriteNumber("version", journey.Version);
        json.WriteStartArray("inFlight");
        foreach (var (version, customers) in inFlight)
        {
            json.WriteStartObject();
            json.WriteNumber("version", version);
            json.WriteNumber("customers", customers);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}

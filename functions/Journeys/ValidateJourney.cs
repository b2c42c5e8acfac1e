using Automation.Functions.Hosting;
using Automation.Marketing.Journeys;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Journeys;

/// <summary>A journey in, its problems out; <c>?id=</c> names it where others refer to it.</summary>
public sealed class ValidateJourney(ShopDraft draft)
{
    [Function(nameof(ValidateJourney))]
    public async Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/validate")] HttpRequest request)
    {
        var http = request.HttpContext;
        if (!http.HasJson()) { await http.Refuse(StatusCodes.Status415UnsupportedMediaType, "Send application/json."); return; }
        var id = http.Query("id") ?? "draft";
        if (!JourneyReader.IsWellFormedId(id)) { await http.Refuse(StatusCodes.Status400BadRequest, "A journey's id is its file's name: lower-case letters, digits and dashes."); return; }
        using var body = await RequestBody.Read(http.Request);
        var problems = await draft.Check(ShopDraft.Journey(id), body.Bytes);
        await http.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("valid", problems.Count == 0);
            json.Write("problems", problems);
            json.WriteEndObject();
        });
    }
}

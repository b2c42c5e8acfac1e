using Automation.Functions.Hosting;
using Automation.Functions.Journeys;
using Automation.Marketing.Journeys;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Newsletters;

/// <summary>Checks a newsletter and makes it the one in force; says which of its issues have no slot any more. <c>?dryRun=true</c> only says.</summary>
public sealed class PutNewsletter(ShopDraft draft, ShopWatch shop)
{
    [Function(nameof(PutNewsletter))]
    public async Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/newsletters/{id}")] HttpRequest request)
    {
        var http = request.HttpContext;
        var id = http.Route("id");
        if (!http.HasJson()) { await http.Refuse(StatusCodes.Status415UnsupportedMediaType, "Send application/json."); return; }
        if (!JourneyReader.IsWellFormedId(id)) { await http.Refuse(StatusCodes.Status400BadRequest, "A newsletter's id is its file's name: lower-case letters, digits and dashes."); return; }
        if (http.IsDryRun() is not { } dryRun) { await http.UnclearDryRun(); return; }
        using var body = await RequestBody.Read(http.Request);
        var file = ShopDraft.Newsletter(id);
        if (draft.Obstacle(
            file) is { } obstacle) { await http.Refuse(StatusCodes.Status409Conflict, obstacle); return; }
        var problems = (await draft.CheckAll(file, body.Bytes)).ToLookup(problem => problem.File == file);
        if (problems[true].Any())
        {
            await http.Refuse(StatusCodes.Status422UnprocessableEntity, "The newsletter has mistakes; nothing was changed.", json => json.Write("problems", problems[true]));
            return;
        }
        if (!dryRun)
        {
            await draft.Write(file, body.Bytes);
            await shop.Publish(CancellationToken.None);
        }
        await http.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteBoolean("published", !dryRun);
            json.Write("problems", problems[false].Where(problem => problem.File.StartsWith($"newsletters/{id}/", StringComparison.Ordinal)));
            json.WriteEndObject();
        });
    }
}

using Automation.Console.Journeys;
using Automation.Functions.Http;
using Automation.Marketing.Access;
using Automation.Marketing.Journeys;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Console.Journeys;

/// <summary>The editor of a journey; nothing it does changes the shop.</summary>
public sealed class EditJourney(JourneyDrafts drafts)
{
    /// <summary>Costs nothing: the file is read from the shop folder.</summary>
    [Function("ConsoleEditJourney")]
    public async Task<IResult> Open(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/journeys/{id}/edit")] HttpRequest request,
        string id)
    {
        if (!JourneyReader.IsWellFormedId(id)) return Missing.Journey;
        if (await drafts.Written(id) is { } text)
            return request.Page<EditPage>(await drafts.Look(id, text, check: true) with { IsChecked = false });
        return JourneyTemplates.Find(request.Query("template")) is { } template
            ? request.Page<EditPage>(await drafts.Look(
                id, template.Named(request.Query("name") ?? template.Journey.Name), check: false))
            : Missing.Journey;
    }

    /// <summary>Checks the text, plays the scenarios with it, or shows what publishing it would change. Costs one read
    /// of the figures; what is played is played in a database of its own.</summary>
    [Function("ConsoleTryJourney"), Needs(Role.Viewer)]
    public async Task<IResult> Try(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "console/journeys/{id}/edit")] HttpRequest request,
        string id)
    {
        if (!JourneyReader.IsWellFormedId(id)) return Missing.Journey;
        var (cancellation, text) =
            (request.HttpContext.RequestAborted, JourneyDrafts.Normal(request.Form["text"].ToString()));
        var model = await drafts.Look(id, text, check: true);
        if (model.Problems.Count > 0) return request.Refused<EditPage>(model);
        return request.Form["do"].ToString() switch
        {
            "simulate" => request.Page<EditPage>(model with { Runs = await drafts.Play(id, text, cancellation) }),
            "publish" => request.Page<PublishPage>(
                await drafts.Changes(id, text, request.HttpContext.Visit().Say, cancellation)),
            _ => request.Page<EditPage>(model),
        };
    }
}

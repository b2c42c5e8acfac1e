using System.Text;
using Automation.Console.Journeys;
using Automation.Functions.Http;
using Automation.Functions.Journeys;
using Automation.Functions.Publishing;
using Automation.Marketing.Access;
using Automation.Marketing.Journeys;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Console.Journeys;

/// <summary>Makes a text the journey in force, and lets people be moved as chosen. What breaks a scenario is refused,
/// unless its new diary is accepted, or an operator insists and says why.</summary>
public sealed class PublishJourney(
    JourneyDrafts drafts, ShopDraft draft, ShopWatch shop, PublishedJourneys journeys, WalkMoves moves)
{
    /// <summary>Costs one read of the figures, and what publishing costs: a row for the version, one for each
    /// move.</summary>
    [Function("ConsolePublishJourney")]
    public Task<IResult> Publish(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "console/journeys/{id}/publish")]
        HttpRequest request, string id) => Publish(request, id, force: false);

    /// <summary>Also where scenarios differ.</summary>
    [Function("ConsoleForceJourney"), Needs(Role.Operator)]
    public Task<IResult> Force(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "console/journeys/{id}/publish/force")]
        HttpRequest request, string id) => Publish(request, id, force: true);

    private async Task<IResult> Publish(HttpRequest request, string id, bool force)
    {
        if (!JourneyReader.IsWellFormedId(id)) return Missing.Journey;
        var (form, cancellation) = (request.Form, request.HttpContext.RequestAborted);
        var text = JourneyDrafts.Normal(form["text"].ToString());
        var edited = await drafts.Look(id, text, check: true);
        if (edited.Problems.Count > 0) return request.Refused<EditPage>(edited);
        if (drafts.Obstacle(id) is { } obstacle)
            return request.Refused<EditPage>(edited with { Refusal = obstacle });
        var model = await drafts.Changes(id, text, request.HttpContext.Visit().Say, cancellation);
        if (form["seen"].ToString() != model.Seen)
            return request.Page<PublishPage>(model with { Refusal = "meanwhile" }, StatusCodes.Status409Conflict);
        if (force && request.Insists() is null)
            return request.Refused<PublishPage>(model with { Refusal = "why" });
        var accepted = model.Broken.Where(run => form["accept"].Contains(run.Id)).ToList();
        if (!force && model.Broken.Count > accepted.Count)
            return request.Refused<PublishPage>(model with { Refusal = "scenarios" });
        await draft.Write(ShopDraft.Journey(id), Encoding.UTF8.GetBytes(text));
        foreach (var run in accepted)
            if (await draft.Written(ShopDraft.Scenario(run.Id)) is { } scenario)
                await draft.Write(
                    ShopDraft.Scenario(run.Id), Encoding.UTF8.GetBytes(ScenarioText.WithDiary(scenario, run.Diary)));
        await shop.Publish(CancellationToken.None);
        var isMoving = false;
        foreach (var offer in model.Offers.Where(offer => form[offer.HowField] == "move"))
            isMoving |= journeys.Latest(id) is { } now && await moves.Begin(
                offer.From, now, Chosen(form, offer), request.HttpContext.Visit().Who?.Name) is not null;
        return Elsewhere.To($"/console/journeys/{id}", isMoving ? "moving" : "published");
    }

    /// <summary>Where the people of each step go, as the form says.</summary>
    internal static Dictionary<string, string> Chosen(IFormCollection form, MoveOffer offer) => offer.Steps
        .Where(step => form[offer.Field(step.Cursor)].Count == 1)
        .ToDictionary(step => step.Cursor, step => form[offer.Field(step.Cursor)].ToString());
}

using Automation.Console.Journeys;
using Automation.Functions.Http;
using Automation.Functions.Publishing;
using Automation.Marketing.Access;
using Automation.Marketing.Journeys;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Console.Journeys;

/// <summary>Asks for a new journey's name and leads to its editor with a shipped one's text; nothing is written before
/// it is published.</summary>
public sealed class NewJourneyPage(PublishedJourneys journeys, ShopDraft draft)
{
    /// <summary>Costs at most one query of published journeys.</summary>
    [Function("ConsoleNewJourney")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/new-journey")] HttpRequest request)
    {
        if (!request.HttpContext.Visit().May(Role.Marketer)) return Refusal.Forbidden(Role.Marketer);
        var (id, name, template) =
            (request.Query("id")?.Trim(), request.Query("name")?.Trim(), request.Query("template"));
        var isAsked = request.Query.ContainsKey("id");
        var problem = !isAsked ? null
            : id is null || !JourneyReader.IsWellFormedId(id) ? "form"
            : await journeys.Last(id) is not null || await draft.Written(ShopDraft.Journey(id)) is not null ? "taken"
            : null;
        if (isAsked && problem is null && name is not null)
            return Elsewhere.To(
                $"/console/journeys/{id}/edit?template={Uri.EscapeDataString(template ?? "")}&name="
                + $"{Uri.EscapeDataString(name)}");
        return request.Refused<Automation.Console.Journeys.NewJourneyPage>(
            new NewJourneyModel
            {
                Id = id,
                Name = name,
                Template = template,
                IdProblem = problem,
                NameMissing = isAsked && name is null,
                Templates = JourneyTemplates.All,
            },
            isAsked);
    }
}

using System.Text;
using System.Text.Json;
using Automation.Functions.Http;
using Automation.Functions.Publishing;
using Automation.Functions.Simulation;
using Automation.Marketing;
using Automation.Marketing.Access;
using Automation.Marketing.Journeys;
using Automation.Marketing.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Journeys;

/// <summary>A scenario in (<c>{"scenario":{…},"journey":{…}}</c>; without a journey: the one in force), its diary out,
/// or what is wrong. Nothing is sent.</summary>
public sealed class SimulateJourney(ShopDraft draft)
{
    [Function(nameof(SimulateJourney)), Asks(Body = "application/json"), Needs(Role.Viewer)]
    public async Task<Results<Ok<PlayedScenario>, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/simulate")] HttpRequest request)
    {
        if (!request.HasJson()) return Refusal.NotJson;
        using var body = await RequestBody.Read(request);
        if (RequestBody.Json(body.Bytes, Read) is not { } told)
            return Refusal.Unreadable(
                "Send {\"scenario\":{\"journey\":\"…\",…},\"journey\":{…}}; the scenario names the journey.");
        var (diary, problems) = await draft.With(
            ShopDraft.Journey(told.Id), told.Journey, copy => Play(copy, told, request.HttpContext.RequestAborted));
        return diary is null
            ? Refusal.Mistaken("There are mistakes; nothing was played.", problems)
            : TypedResults.Ok(new PlayedScenario(diary));
    }

    private sealed record Told(string Id, byte[] Scenario, ReadOnlyMemory<byte>? Journey);

    private static Told? Read(JsonElement told)
    {
        if (told.ValueKind is not JsonValueKind.Object || !told.TryGetProperty("scenario", out var scenario))
            return null;
        if (scenario.ValueKind is not JsonValueKind.Object || !scenario.TryGetProperty("journey", out var name)
            || name.ValueKind is not JsonValueKind.String || !JourneyReader.IsWellFormedId(name.GetString()!))
            return null;
        return new Told(name.GetString()!, Bytes(scenario), told.TryGetProperty(
            "journey", out var journey) ? Bytes(journey) : default(ReadOnlyMemory<byte>?));
    }

    private static byte[] Bytes(JsonElement json) => Encoding.UTF8.GetBytes(json.GetRawText());

    private static async Task<(IReadOnlyList<string>? Diary, IReadOnlyList<Problem> Problems)> Play(
        string folder, Told told, CancellationToken cancellation)
    {
        var wrong = ShopPublisher.Check(folder).Where(problem => problem.File.EndsWith($"/journeys/{told.Id}.json",
            StringComparison.Ordinal)).Select(problem => problem with { File = "journey" });
        var contents = ShopFolder.Read(folder);
        var (scenario, problems) = ScenarioReader.Read("scenario", told.Scenario, contents.Names);
        problems = [.. wrong, .. problems];
        return scenario is null || contents.Shop is not { } shop || problems.Count > 0 ? (null, problems)
            : (await Simulator.Play(folder, shop, scenario, cancellation), []);
    }
}

/// <summary>What would happen, line by line.</summary>
public sealed record PlayedScenario(IReadOnlyList<string> Diary);

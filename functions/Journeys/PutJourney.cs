using Automation.Functions.Http;
using Automation.Functions.Publishing;
using Automation.Functions.Simulation;
using Automation.Marketing;
using Automation.Marketing.Access;
using Automation.Marketing.Journeys;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Journeys;

/// <summary>Checks a journey and makes it the one in force; says who is walking an earlier version (they stay in
/// theirs). What breaks one of its scenarios is refused, unless an operator insists with a reason
/// (<c>?force=REASON</c>), which the audit keeps. <c>?dryRun=true</c> only says.</summary>
public sealed class PutJourney(PublishedJourneys journeys, EnrollmentStore enrollments, ShopDraft draft, ShopWatch shop)
{
    [Function(nameof(PutJourney)), Asks("dryRun", "force", Body = "application/json")]
    public async Task<Results<Ok<JourneyPublication>, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/journeys/{id}")] HttpRequest request, string id)
    {
        if (!request.HasJson()) return Refusal.NotJson;
        if (!JourneyReader.IsWellFormedId(id)) return ValidateJourney.NotAnId;
        if (!request.SaysDryRun(out var dryRun)) return Questions.UnclearDryRun;
        using var body = await RequestBody.Read(request);
        var file = ShopDraft.Journey(id);
        if (draft.Obstacle(file) is { } obstacle) return Refusal.Conflict(obstacle);
        if (await draft.Check(file, body.Bytes) is { Count: > 0 } problems)
            return Refusal.Mistaken("The journey has mistakes; nothing was changed.", problems);
        if (request.Insists() is not null)
        {
            if (request.HttpContext.Caller()?.May(Role.Operator) != true) return Refusal.Forbidden(Role.Operator);
        }
        else if (await Broken(id, body.Bytes, request.HttpContext.RequestAborted) is { Count: > 0 } broken)
            return Refusal.Mistaken(PutShop.ScenariosDiffer, broken);
        if (!dryRun)
        {
            await draft.Write(file, body.Bytes);
            await shop.Publish(CancellationToken.None);
        }
        var inFlight = await enrollments.Live()
            .Where(walk => walk.Value.Id.Journey == id)
            .CountBy(walk => walk.Value.Version)
            .OrderBy(walks => walks.Key)
            .Select(walks => new InFlight(walks.Key, walks.Value))
            .ToListAsync();
        return TypedResults.Ok(new JourneyPublication(id, !dryRun, journeys.Latest(id)?.Version, inFlight));
    }

    private Task<IReadOnlyList<Problem>> Broken(
        string id, ReadOnlyMemory<byte> text, CancellationToken cancellation) => draft.With(
        ShopDraft.Journey(id), text, copy => ScenarioPlay.Broken(copy, id, cancellation));
}

/// <summary>What became of a journey that was handed in.</summary>
/// <param name="Version">The one in force now; null: none.</param>
/// <param name="InFlight">Who walks it, by version.</param>
public sealed record JourneyPublication(string Id, bool Published, int? Version, IReadOnlyList<InFlight> InFlight);

/// <summary>So many walk one version.</summary>
public sealed record InFlight(int Version, int Customers);

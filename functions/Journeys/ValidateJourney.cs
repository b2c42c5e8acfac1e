using Automation.Functions.Http;
using Automation.Functions.Publishing;
using Automation.Marketing;
using Automation.Marketing.Access;
using Automation.Marketing.Journeys;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Journeys;

/// <summary>A journey in, its problems out; <c>?id=</c> names it where others refer to it.</summary>
public sealed class ValidateJourney(ShopDraft draft)
{
    public static Refusal NotAnId { get; } =
        Refusal.Unreadable("A journey's id is its file's name: lower-case letters, digits and dashes.");

    [Function(nameof(ValidateJourney)), Asks("id", Body = "application/json"), Needs(Role.Viewer)]
    public async Task<Results<Ok<Validation>, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/validate")] HttpRequest request)
    {
        if (!request.HasJson()) return Refusal.NotJson;
        var id = request.Query("id") ?? "draft";
        if (!JourneyReader.IsWellFormedId(id)) return NotAnId;
        using var body = await RequestBody.Read(request);
        var problems = await draft.Check(ShopDraft.Journey(id), body.Bytes);
        return TypedResults.Ok(new Validation(
            problems.Count == 0, problems, await draft.Warnings(ShopDraft.Journey(id), body.Bytes)));
    }
}

/// <summary>Whether a file may be published.</summary>
/// <param name="Warnings">What may not be meant as it is written; it keeps nothing from being published.</param>
public sealed record Validation(
    bool Valid, IReadOnlyList<Problem> Problems, IReadOnlyList<Problem> Warnings);

using Automation.Functions.Http;
using Automation.Functions.Publishing;
using Automation.Marketing;
using Automation.Marketing.Journeys;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Newsletters;

/// <summary>Checks a newsletter and makes it the one in force; says which of its issues have no slot any more.
/// <c>?dryRun=true</c> only says.</summary>
public sealed class PutNewsletter(ShopFilePublisher desk)
{
    [Function(nameof(PutNewsletter)), Asks("dryRun", Body = "application/json")]
    public async Task<Results<Ok<NewsletterPublication>, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/newsletters/{id}")]
        HttpRequest request, string id)
    {
        if (!request.HasJson()) return Refusal.NotJson;
        if (!JourneyReader.IsWellFormedId(id))
            return Refusal.Unreadable("A newsletter's id is its file's name: lower-case letters, digits and dashes.");
        if (!request.SaysDryRun(out var dryRun)) return Questions.UnclearDryRun;
        using var body = await RequestBody.Read(request);
        var written = await desk.Put(ShopDraft.Newsletter(id), body.Bytes, dryRun);
        if (written.Obstacle is { } obstacle) return Refusal.Conflict(obstacle);
        if (!written.IsGood)
            return Refusal.Mistaken("The newsletter has mistakes; nothing was changed.", written.Problems);
        return TypedResults.Ok(new NewsletterPublication(
            id,
            !dryRun,
            [.. written.Others.Where(
                problem => problem.File.StartsWith($"newsletters/{id}/", StringComparison.Ordinal))]));
    }
}

/// <summary>What became of a newsletter that was handed in.</summary>
/// <param name="Problems">Its issues that have no slot any more.</param>
public sealed record NewsletterPublication(string Id, bool Published, IReadOnlyList<Problem> Problems);

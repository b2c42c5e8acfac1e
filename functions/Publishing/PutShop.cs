using System.Text.Json.Serialization;
using Automation.Functions.Http;
using Automation.Functions.Simulation;
using Automation.Marketing;
using Automation.Marketing.Access;
using Automation.Marketing.Journeys;
using Automation.Marketing.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Publishing;

/// <summary>The whole shop folder, checked and made the shop: all of it or nothing. What breaks one of its scenarios is
/// refused, unless somebody insists with a reason (<c>?force=REASON</c>), which the audit keeps. <c>?dryRun=true</c>
/// only says what would change, and who is walking the journeys that would. <c>If-Match</c>: only if the files are
/// still those.</summary>
public sealed class PutShop(ShopFiles files, PublishedJourneys journeys, EnrollmentStore enrollments, ShopWatch shop)
{
    internal const string ScenariosDiffer =
        "Scenarios come out differently from what they say; nothing was changed. Mend the journey or the scenario, or "
        + "insist as an operator: ?force= and the reason, which the audit keeps.";
    private const string Meanwhile = "The shop's files were changed meanwhile; look at the difference again.";

    [Function(nameof(PutShop)), Asks("dryRun", "force", Body = "application/json"), Needs(Role.Operator)]
    public async Task<Results<Ok<ShopPublication>, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/shop")] HttpRequest request)
    {
        if (!request.HasJson()) return Refusal.NotJson;
        using var body = await RequestBody.Read(request);
        ShopPackage package, before;
        try { package = ShopPackage.Read(body.Bytes); }
        catch (InvalidDataException wrong) { return Refusal.Unreadable(wrong.Message); }
        if (!request.SaysDryRun(out var dryRun)) return Questions.UnclearDryRun;
        await files.Refresh();
        try { before = await files.Package(); }
        catch (InvalidDataException wrong) { return Refusal.Conflict(wrong.Message); }
        if (package.Obstacle(files.Folder) is { } obstacle) return Refusal.Conflict(obstacle);
        if (request.Headers.IfMatch is [{ } expected] && expected.Trim('"') != before.Hash)
            return Refusal.Outdated(Meanwhile);
        var (problems, broken) = await Look(
            package, isPlayed: request.Insists() is null, request.HttpContext.RequestAborted);
        if (problems.Count > 0) return Refusal.Mistaken("The shop has mistakes; nothing was changed.", problems);
        if (broken.Count > 0) return Refusal.Mistaken(ScenariosDiffer, broken);
        if (!dryRun)
        {
            if (!await files.Push(package)) return Refusal.Outdated(Meanwhile);
            await shop.Publish(CancellationToken.None);
        }
        var changes = FileChange.Between(before, package);
        return TypedResults.Ok(new ShopPublication
        {
            Published = !dryRun,
            Before = before.Hash,
            After = package.Hash,
            Files = changes,
            InFlight = await InFlight([.. changes.Select(change => change.Journey).OfType<string>()]),
        });
    }

    private static async Task<(IReadOnlyList<Problem> Mistakes, IReadOnlyList<Problem> Broken)> Look(
        ShopPackage package, bool isPlayed, CancellationToken cancellation)
    {
        var copy = Directory.CreateTempSubdirectory("shop-push-").FullName;
        try
        {
            package.Unpack(copy);
            List<Problem> mistakes = [.. ShopPublisher.Check(copy).Select(problem => problem with
            {
                File = problem.File.StartsWith(copy, StringComparison.Ordinal)
                    ? problem.File[(copy.Length + 1)..] : problem.File
            })];
            return mistakes.Count > 0 || !isPlayed
                ? (mistakes, [])
                : ([], await ScenarioPlay.Broken(copy, null, cancellation));
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    private async Task<IReadOnlyList<JourneyInFlight>> InFlight(HashSet<string> changed)
    {
        if (!changed.Any(id => journeys.Latest(id) is not null)) return [];
        return await enrollments.Live()
            .Where(walk => changed.Contains(walk.Value.Id.Journey))
            .CountBy(walk => (walk.Value.Id.Journey, walk.Value.Version))
            .OrderBy(walks => walks.Key)
            .Select(walks => new JourneyInFlight(walks.Key.Journey, walks.Key.Version, walks.Value))
            .ToListAsync();
    }
}

/// <summary>What became of a shop that was handed in, or would.</summary>
public sealed record ShopPublication
{
    public required bool Published { get; init; }

    /// <summary>The hash of the files as they were.</summary>
    public required string Before { get; init; }
    public required string After { get; init; }
    public required IReadOnlyList<FileChange> Files { get; init; }

    /// <summary>Who walks the journeys that change.</summary>
    public required IReadOnlyList<JourneyInFlight> InFlight { get; init; }
}

/// <summary>So many walk one version of a journey.</summary>
public sealed record JourneyInFlight(string Journey, int Version, int Customers);

/// <summary>What becomes of one file: added, changed or removed, line by line.</summary>
public sealed record FileChange(string Path, string Change, IReadOnlyList<string> Lines)
{
    /// <summary>The journey whose file it is; null: none's.</summary>
    [JsonIgnore]
    public string? Journey => Path.StartsWith("journeys/", StringComparison.Ordinal)
        ? System.IO.Path.GetFileNameWithoutExtension(Path) : null;

    /// <summary>By path; files that stay as they are are not in it.</summary>
    public static IReadOnlyList<FileChange> Between(ShopPackage before, ShopPackage after) =>
    [
        .. before.Files.Keys.Union(after.Files.Keys).Order(StringComparer.Ordinal)
            .Select(path => (path, before.Files.GetValueOrDefault(path), after.Files.GetValueOrDefault(path)) switch
            {
                (_, var old, var now) when old == now => null,
                (_, var old, var now) when ShopPackage.IsPicture(path) =>
                    new FileChange(path, old is null ? "added" : now is null ? "removed" : "changed", []),
                (_, null, { } now) => new FileChange(path, "added", LineDiff.Of("", now)),
                (_, { } old, null) => new FileChange(path, "removed", LineDiff.Of(old, "")),
                (_, var old, var now) => new FileChange(path, "changed", LineDiff.Of(old!, now!)),
            }).OfType<FileChange>(),
    ];
}

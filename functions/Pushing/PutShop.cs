using System.Text.Json;
using Automation.Functions.Hosting;
using Automation.Functions.Journeys;
using Automation.Marketing;
using Automation.Marketing.Journeys;
using Automation.Marketing.Shop;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Pushing;

/// <summary>
/// The whole shop folder, checked and made the shop: all of it or nothing. <c>?dryRun=true</c> only says what would change, and who is
/// walking the journeys that would. <c>If-Match</c>: only if the files are still those.
/// </summary>
public sealed class PutShop(ShopFiles files, PublishedJourneys journeys, EnrollmentStore enrollments, ShopWatch shop)
{
    private const string Meanwhile = "The shop's files were changed meanwhile; look at the difference again.";

    [Function(nameof(PutShop))]
    public async Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/shop")] HttpRequest request)
    {
        var http = request.HttpContext;
        if (!http.HasJson()) { await http.Refuse(StatusCodes.Status415UnsupportedMediaType, "Send application/json."); return; }
        using var body = await RequestBody.Read(http.Request);
        ShopPackage package, before;
        try { package = ShopPackage.Read(body.Bytes); }
        catch (InvalidDataException wrong) { await http.Refuse(StatusCodes.Status400BadRequest, wrong.Message); return; }
        if (http.IsDryRun() is not { } dryRun) { await http.UnclearDryRun(); return; }
        await files.Refresh();
        try { before = await files.Package(); }
        catch (InvalidDataException wrong) { await http.Refuse(StatusCodes.Status409Conflict, wrong.Message); return; }
        if (package.Obstacle(
            files.Folder) is { } obstacle) { await http.Refuse(StatusCodes.Status409Conflict, obstacle); return; }
        if (http.Request.Headers.IfMatch is [{ } expected] && expected.Trim('"') != before.Hash)
        {
            await http.Refuse(StatusCodes.Status412PreconditionFailed, Meanwhile);
            return;
        }
        if (Problems(package) is { Count: > 0 } problems)
        {
            await http.Refuse(StatusCodes.Status422UnprocessableEntity, "The shop has mistakes; nothing was changed.", json => json.Write("problems", problems));
            return;
        }
        if (!dryRun)
        {
            if (!await files.Push(package)) { await http.Refuse(StatusCodes.Status412PreconditionFailed, Meanwhile); return; }
            await shop.Publish(CancellationToken.None);
        }
        var changes = FileChange.Between(before, package);
        var inFlight = await InFlight([.. changes.Select(change => change.Journey).OfType<string>()]);
        await http.Ok(json => Answer(json, dryRun, before, package, changes, inFlight));
    }

    private static List<Problem> Problems(ShopPackage package)
    {
        var copy = Directory.CreateTempSubdirectory("shop-push-").FullName;
        try
        {
            package.Unpack(copy);
            return [.. Marketing.Shop.Publishing.Check(copy).Select(problem => problem with { File = problem.File.StartsWith(copy, StringComparison.Ordinal) ? problem.File[(copy.Length + 1)..] : problem.File })];
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    private async Task<SortedDictionary<(string Journey, int Version), int>> InFlight(HashSet<string> changed)
    {
        var walking = new SortedDictionary<(string, int), int>();
        if (!changed.Any(id => journeys.Latest(id) is not null)) return walking;
        await foreach (var walk in enrollments.Live())
            if (changed.Contains(walk.Value.Id.Journey)) walking[(walk.Value.Id.Journey, walk.Value.Version)] = walking.GetValueOrDefault((walk.Value.Id.Journey, walk.Value.Version)) + 1;
        return walking;
    }

    private static void Answer(Utf8JsonWriter json, bool dryRun, ShopPackage before, ShopPackage package, IReadOnlyList<FileChange> changes, SortedDictionary<(string Journey, int Version), int> inFlight)
    {
        json.WriteStartObject();
        json.WriteBoolean("published", !dryRun);
        json.WriteString("before", before.Hash);
        json.WriteString("after", package.Hash);
        json.WriteStartArray("files");
        foreach (var change in changes)
        {
            json.WriteStartObject();
            json.WriteString("path", change.Path);
            json.WriteString("change", change.What);
            json.WriteStartArray("lines");
            foreach (var line in change.Lines) json.WriteStringValue(line);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("inFlight");
        foreach (var ((journey, version), customers) in inFlight)
        {
            json.WriteStartObject();
            json.WriteString("journey", journey);
            json.WriteNumber("version", version);
            json.WriteNumber("customers", customers);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}

/// <summary>What becomes of one file: added, changed or removed, line by line.</summary>
public sealed record FileChange(string Path, string What, IReadOnlyList<string> Lines)
{
    /// <summary>The journey whose file it is; null: none's.</summary>
    public string? Journey => Path.StartsWith("journeys/", StringComparison.Ordinal) ? System.IO.Path.GetFileNameWithoutExtension(Path) : null;

    /// <summary>By path; files that stay as they are are not in it.</summary>
    public static IReadOnlyList<FileChange> Between(ShopPackage before, ShopPackage after) =>
    [
        .. before.Files.Keys.Union(after.Files.Keys).Order(StringComparer.Ordinal).Select(path => (path, before.Files.GetValueOrDefault(path), after.Files.GetValueOrDefault(path)) switch
        {
            (_, var old, var now) when old == now => null,
            (_, null, { } now) => new FileChange(path, "added", LineDiff.Of("", now)),
            (_, { } old, null) => new FileChange(path, "removed", LineDiff.Of(old, "")),
            (_, var old, var now) => new FileChange(path, "changed", LineDiff.Of(old!, now!)),
        }).OfType<FileChange>(),
    ];
}

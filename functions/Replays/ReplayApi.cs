using System.Text.Json;
using Automation.Functions.Http;
using Automation.Functions.Publishing;
using Automation.Marketing.Replays;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Replays;

/// <summary>The shop's own last days, played again on virtual time with its files as published and with drafts of
/// them. Nothing is sent, nothing of the shop is changed.</summary>
public sealed class ReplayApi(ReplayDesk replays)
{
    internal static Refusal None { get; } = Refusal.NotFound("Nobody has asked for a replay yet.");
    internal const string Busy = "A replay is being played. It can be ended, or waited for.";

    private static Refusal NotAsked { get; } = Refusal.Unreadable(
        "Send {\"days\":30,\"files\":{\"journeys/….json\":\"…\"}}: how many days back, 1 to "
        + $"{ReplayDesk.Longest}, and the drafts: files of the shop with their texts.");

    /// <summary>How far the replay is that was asked for last, and what came out.</summary>
    [Function(nameof(GetReplay))]
    public async Task<Results<Ok<Replay>, Refusal>> GetReplay(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/replay")] HttpRequest request) =>
        await replays.Look(request.HttpContext.RequestAborted) is { } latest ? TypedResults.Ok(latest) : None;

    /// <summary>Begins one: <c>{"days":30,"files":{"journeys/welcome.json":"…"}}</c>; without files the shop is played
    /// as it is published.</summary>
    [Function(nameof(StartReplay)), Asks(Body = "application/json")]
    public async Task<Results<Accepted<Replay>, Refusal>> StartReplay(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/replay")] HttpRequest request)
    {
        if (!request.HasJson()) return Refusal.NotJson;
        using var body = await RequestBody.Read(request);
        if (RequestBody.Json(body.Bytes, Read) is not var (days, files)) return NotAsked;
        if (Unfit(days, files) is { } refusal) return refusal;
        return await replays.Begin(
            days, files, request.HttpContext.Caller()?.Name ?? "", request.HttpContext.RequestAborted) switch
        {
            Begun.Now now => TypedResults.Accepted("/api/replay", now.Replay),
            Begun.Mistaken wrong => Refusal.Mistaken("The drafts have mistakes; nothing was played.", wrong.Problems),
            _ => Refusal.Conflict(Busy),
        };
    }

    /// <summary>Ends the one that is played.</summary>
    [Function(nameof(StopReplay))]
    public async Task<Results<Ok<Replay>, Refusal>> StopReplay(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/replay")] HttpRequest request) =>
        await replays.CallOff(request.HttpContext.RequestAborted) is { } latest ? TypedResults.Ok(latest) : None;

    /// <summary>What cannot be played, whatever the shop is; null: it can.</summary>
    internal static Refusal? Unfit(int days, IReadOnlyDictionary<string, string> files)
    {
        if (days is < 1 or > ReplayDesk.Longest)
            return Refusal.Unreadable($"'days' is a number from 1 to {ReplayDesk.Longest}.");
        if (files.Keys.FirstOrDefault(file => !IsText(file)) is { } odd)
            return Refusal.Unreadable($"{odd} is not a text file of a shop.");
        return files.Sum(file => file.Value.Length) > ReplayDesk.LargestDrafts
            ? Refusal.TooLarge($"The drafts have more than {ReplayDesk.LargestDrafts} characters.") : null;
    }

    /// <summary>Files lie in folders, and no folder is called like a file.</summary>
    private static bool IsText(string file) => ShopPackage.IsPlace(file) && !ShopPackage.IsPicture(file)
        && !file[..(file.LastIndexOf('/') + 1)].Contains('.', StringComparison.Ordinal);

    private static (int Days, IReadOnlyDictionary<string, string> Files)? Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("days", out var days) || days.ValueKind != JsonValueKind.Number
            || !days.TryGetInt32(out var number)) return null;
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!root.TryGetProperty("files", out var told)) return (number, files);
        if (told.ValueKind != JsonValueKind.Object) return null;
        foreach (var file in told.EnumerateObject())
            if (file.Value.ValueKind == JsonValueKind.String) files[file.Name] = file.Value.GetString()!;
            else return null;
        return (number, files);
    }
}

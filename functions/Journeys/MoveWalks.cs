using System.Text.Json;
using System.Text.Json.Serialization;
using Automation.Functions.Http;
using Automation.Marketing.Journeys;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Journeys;

/// <summary>Moves whoever walks a version into the one in force:
/// <c>{"from":3,"steps":{"2":"1","2/then/0":"leave"}}</c>. Who is at a step that is not named stays. It is done behind;
/// <c>GET</c> says how far it is.</summary>
public sealed class MoveWalks(PublishedJourneys journeys, WalkMoves moves)
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        NumberHandling = JsonNumberHandling.Strict,
    };

    [Function(nameof(MoveWalks)), Asks(Body = "application/json")]
    public async Task<Results<Accepted<MoveReport>, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/journeys/{id}/move")] HttpRequest request,
        string id)
    {
        if (!request.HasJson()) return Refusal.NotJson;
        using var body = await RequestBody.Read(request);
        if (!JourneyReader.IsWellFormedId(id) || journeys.Latest(id) is not { } now) return Missing.Journey;
        if (Read(body.Bytes) is not { } asked)
            return Refusal.Unreadable(
                "Send {\"from\":3,\"steps\":{\"2\":\"1\"}}: by step, a step of the version in force, \"stay\" or "
                + "\"leave\".");
        if (await journeys.Find(id, asked.From) is not { } from)
            return Refusal.NotFound($"There is no version {asked.From}.");
        if (MoveOrder.Problems(from, now, asked.Steps) is { Count: > 0 } problems)
            return Refusal.Mistaken(string.Join(' ', problems));
        return await moves.Begin(from, now, asked.Steps, request.HttpContext.Caller()?.Name) is { } order
            ? TypedResults.Accepted((string?)null, new MoveReport(order))
            : Refusal.Mistaken("Everybody would stay.");
    }

    private static MoveRequest? Read(ReadOnlyMemory<byte> body)
    {
        try { return JsonSerializer.Deserialize<MoveRequest>(body.Span, Strict); }
        catch (JsonException) { return null; }
    }
}

/// <summary>The moves of a journey, newest first, and how far they are.</summary>
public sealed class ListMoves(Moves orders)
{
    [Function(nameof(ListMoves))]
    public async Task<Results<Ok<MoveList>, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/journeys/{id}/move")] HttpRequest request,
        string id) => JourneyReader.IsWellFormedId(id)
            ? TypedResults.Ok(new MoveList(
                [.. (await orders.Of(id, request.HttpContext.RequestAborted)).Select(order => new MoveReport(order))]))
            : Missing.Journey;
}

/// <summary>Where whoever walks a version is to go.</summary>
/// <param name="From">The version they are in.</param>
/// <param name="Steps">By the step they are at: a step of the version in force, <c>stay</c> or <c>leave</c>.</param>
public sealed record MoveRequest(int From, IReadOnlyDictionary<string, string> Steps);

/// <summary>The moves of a journey.</summary>
public sealed record MoveList(IReadOnlyList<MoveReport> Items);

/// <summary>How far a move is.</summary>
public sealed record MoveReport([property: JsonIgnore] MoveOrder Of)
{
    public string Key => Of.Key;
    public int From => Of.From;
    public int To => Of.To;
    public MoveState State => Of.State;
    public string? AskedBy => Of.AskedBy;
    public DateTimeOffset AskedAt => Of.AskedAt;
    public int Moved => Of.Moved;

    /// <summary>Who left the journey.</summary>
    public int Left => Of.Left;

    /// <summary>Who stays in the old version.</summary>
    public int Stayed => Of.Stayed;
}

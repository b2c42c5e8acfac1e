using System.Globalization;
using Automation.Console.Journeys;
using Automation.Functions.Http;
using Automation.Functions.Journeys;
using Automation.Marketing.Insights;
using Automation.Marketing.Journeys;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Console.Journeys;

/// <summary>Moves people of an older version into the one in force; stops a move, and lets it go on.</summary>
public sealed class MoveWalksPage(PublishedJourneys journeys, Moves orders, Mover mover, WalkMoves moves, Reader reader)
{
    /// <summary>Costs one query of the journey's moves and one read of the figures.</summary>
    [Function("ConsoleMove")]
    public async Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/journeys/{id}/move")] HttpRequest request,
        string id) =>
        await Model(id, Version(request.Query("from")), request.HttpContext.RequestAborted) is { } model
            ? request.Page<MovePage>(model)
            : Missing.Journey;

    /// <summary>Costs a row, and a message to queue <c>alarms</c>.</summary>
    [Function("ConsoleBeginMove")]
    public async Task<IResult> Begin(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "console/journeys/{id}/move")] HttpRequest request,
        string id)
    {
        var model = await Model(id, Version(request.Form["from"]), request.HttpContext.RequestAborted);
        if (model?.Offer is not { } offer || journeys.Latest(id) is not { } now) return Missing.Journey;
        var targets = PublishJourney.Chosen(request.Form, offer);
        if (MoveOrder.Problems(offer.From, now, targets) is { Count: > 0 } problems)
            return request.Refused<MovePage>(model with { Problems = problems });
        if (request.Form[offer.HowField] == "move")
            await moves.Begin(offer.From, now, targets, request.HttpContext.Visit().Who?.Name);
        return Elsewhere.To($"/console/journeys/{id}/move", "moving");
    }

    /// <summary>Ends a move after the page that is under way.</summary>
    [Function("ConsoleStopMove")]
    public async Task<IResult> Stop(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "console/journeys/{id}/moves/{key}/stop")]
        HttpRequest request, string id, string key) =>
        await mover.Stop(id, key) is null ? Missing.Journey : Elsewhere.To($"/console/journeys/{id}/move", "stopped");

    /// <summary>Lets a stopped move go on.</summary>
    [Function("ConsoleGoOnMove")]
    public async Task<IResult> GoOn(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "console/journeys/{id}/moves/{key}/go-on")]
        HttpRequest request, string id, string key) =>
        await mover.GoOn(id, key) is null ? Missing.Journey : Elsewhere.To($"/console/journeys/{id}/move", "going-on");

    private async Task<MoveModel?> Model(string id, int? from, CancellationToken cancellation)
    {
        if (!JourneyReader.IsWellFormedId(id) || await journeys.Last(id, cancellation) is not { } now) return null;
        var (book, countedAt) = await reader.Read(cancellation);
        var older = JourneyReport.Of(book, id, now.Journey, countedAt).Waiting
            .Where(at => at.Version != now.Version).ToList();
        from ??= older.Select(at => (int?)at.Version).Max();
        var offer = from is { } version && version != now.Version && await journeys.Find(id, version) is { } left
            ? MoveOffer.Of(left, now.Journey,
                older.Where(at => at.Version == version).ToDictionary(at => at.Step, at => at.Customers))
            : null;
        return new()
        {
            Id = id,
            JourneyName = now.Journey.Name,
            Version = now.Version,
            Offer = offer,
            Orders = await orders.Of(id, cancellation),
            CountedAt = countedAt,
            Problems = [],
        };
    }

    private static int? Version(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;
}

using Automation.Console.Journeys;
using Automation.Functions.Http;
using Automation.Marketing;
using Automation.Marketing.Customers;
using Automation.Marketing.Journeys;
using Automation.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Console.Journeys;

/// <summary>Who walks a journey, in pages.</summary>
public sealed class WalksPage(PublishedJourneys journeys, CustomerStore customers, Tables tables)
{
    private const int Items = 50, Scanned = 2_000;

    /// <summary>Costs a query of at most 2,000 enrollments of the journey, and one read for each of at most 50
    /// names.</summary>
    [Function("ConsoleWalks")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/journeys/{id}/enrollments")]
        HttpRequest request, string id)
    {
        var cancellation = request.HttpContext.RequestAborted;
        if (!JourneyReader.IsWellFormedId(id) || await journeys.Last(id, cancellation) is not { } journey)
            return Missing.Journey;
        var state = request.Query("state");
        if (state is not (null or "live" or "ended")) return Refusal.Unreadable("'state' is live or ended.");
        if (!Pages.TryToken(request.Query("next"), out var token)) return Pages.UnknownNext;
        var query = new TableQuery { RowKeyFrom = $"e|{id}|", RowKeyBelow = $"e|{id}}}", PageSize = Items };
        var (rows, scanned) = (new List<WalkRow>(), 0);
        do
        {
            var page = await tables.Timeline.QueryPage(query, token, cancellation);
            foreach (var row in page.Values)
                if (Enrollment.Read(row).Value is var walk && (state is null || state == "live" == walk.IsLive))
                    rows.Add(await Row(walk));
            scanned += page.Values.Count;
            token = page.ContinuationToken;
        } while (token is not null && rows.Count < Items && scanned < Scanned);
        return request.Page<Automation.Console.Journeys.WalksPage>(
            new WalksModel
            {
                Id = id,
                JourneyName = journey.Journey.Name,
                State = state,
                Items = rows,
                Next = Pages.Next(token),
            });
    }

    private async Task<WalkRow> Row(Enrollment walk)
    {
        var customer = (await customers.Find(walk.Id.Customer))?.Value;
        var name = $"{customer?.FamilyName} {customer?.GivenName}".Trim();
        var version = await journeys.Find(walk.Id.Journey, walk.Version);
        return new(
            new EnrollmentSummary(walk),
            name.Length > 0 ? name : customer?.Email,
            version is null ? null : Cursors.Find(version.Journey, walk.Walk.Cursor));
    }
}

using Automation.Functions.Hosting;
using Automation.Marketing;
using Automation.Marketing.Journeys;
using Automation.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Journeys;

/// <summary>Who walks a journey: <c>?state=live</c>, <c>ended</c> or both; in pages.</summary>
public sealed class ListEnrollments(Tables tables)
{
    [Function(nameof(ListEnrollments))]
    public Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/journeys/{id}/enrollments")] HttpRequest request)
    {
        var http = request.HttpContext;
        var id = http.Route("id");
        if (!JourneyReader.IsWellFormedId(id)) return http.NoSuchJourney();
        if (http.Query("state") is not (null or "live" or "ended")) return http.Refuse(StatusCodes.Status400BadRequest, "'state' is live or ended.");
        bool? live = http.Query("state") switch { "live" => true, "ended" => false, _ => null };
        var query = new TableQuery { RowKeyFrom = $"e|{id}|", RowKeyBelow = $"e|{id}}}" };
        return http.Page(tables.Timeline, query, row => Enrollment.Read(row).Value is var walk && (live is null || walk.IsLive == live) ? walk : null, (json, walk) => json.Write(walk));
    }
}

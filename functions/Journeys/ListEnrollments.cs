using Automation.Functions.Http;
using Automation.Marketing;
using Automation.Marketing.Journeys;
using Automation.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Journeys;

/// <summary>Who walks a journey: <c>?state=live</c>, <c>ended</c> or both; in pages.</summary>
public sealed class ListEnrollments(Tables tables)
{
    [Function(nameof(ListEnrollments)), Asks("state", "next")]
    public async Task<Results<Ok<Page<EnrollmentSummary>>, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/journeys/{id}/enrollments")] HttpRequest request,
        string id)
    {
        if (!JourneyReader.IsWellFormedId(id)) return Missing.Journey;
        var state = request.Query("state");
        if (state is not (null or "live" or "ended")) return Refusal.Unreadable("'state' is live or ended.");
        var query = new TableQuery { RowKeyFrom = $"e|{id}|", RowKeyBelow = $"e|{id}}}" };
        return await request.Page(tables.Timeline, query, row =>
        {
            var walk = Enrollment.Read(row).Value;
            return (state is null || state == "live" == walk.IsLive, new EnrollmentSummary(walk));
        });
    }
}

using Automation.Marketing;
using Automation.Marketing.Inbox;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Attention;

/// <summary>What was set aside to be looked at, oldest first.</summary>
public sealed class ListParked(Parking parking)
{
    [Function(nameof(ListParked))]
    public async Task<Ok<Page<ParkedWebhook>>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/parked")] HttpRequest request) =>
        TypedResults.Ok(new Page<ParkedWebhook>(await parking.List().ToListAsync(request.HttpContext.RequestAborted)));
}

using Automation.Functions.Http;
using Automation.Marketing;
using Automation.Marketing.Customers;
using Automation.Marketing.History;
using Automation.Marketing.People;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Customers;

/// <summary>Everything that happened to a customer, oldest first.</summary>
public sealed class GetTimeline(CustomerStore customers, Timelines timelines)
{
    [Function(nameof(GetTimeline))]
    public async Task<Results<Ok<Page<TimelineEntry>>, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/customers/{id}/timeline")] HttpRequest request,
        string id) =>
        CustomerId.Parse(id) is { } known && await customers.Find(known) is { Value: var customer }
            ? TypedResults.Ok(new Page<TimelineEntry>(
                await timelines.Of(customer, request.HttpContext.RequestAborted)))
            : Missing.Customer;
}

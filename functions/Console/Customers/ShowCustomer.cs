using Automation.Console.Customers;
using Automation.Functions.Http;
using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Chunks;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Console.Customers;

/// <summary>The page of one customer.</summary>
public sealed class ShowCustomer(CustomerViews views, ExplainJourney journeys, ExplainNewsletter newsletters)
{
    /// <summary>Reads what <see cref="CustomerViews"/> says; asked why, a handful more.</summary>
    [Function("ConsoleCustomer")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/customers/{id}")] HttpRequest request,
        string id)
    {
        if (await views.Find(id) is not { } customer) return Missing.Customer;
        // Whoever was merged away is at their own address.
        if (customer.Id.Value != id) return Elsewhere.To($"/console/customers/{customer.Id}");
        var view = await views.Of(customer, request.HttpContext.RequestAborted) with
        {
            All = request.Query("all") is "true",
            Why = request.Query("why"),
        };
        return request.Page<CustomerPage>(view.Why?.Split(':', 2) switch
        {
            ["journey", var journey] when JourneyReader.IsWellFormedId(journey) =>
                view with { Journey = await journeys.Of(journey, customer) },
            ["newsletter", var newsletter] => view with { Newsletter = await newsletters.Of(newsletter, customer) },
            _ => view,
        });
    }
}

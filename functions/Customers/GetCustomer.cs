using Automation.Functions.Http;
using Automation.Marketing.Customers;
using Automation.Marketing.People;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Customers;

/// <summary>What is known of a customer.</summary>
public sealed class GetCustomer(CustomerStore customers, TimeProvider time)
{
    [Function(nameof(GetCustomer))]
    public async Task<Results<Ok<CustomerProfile>, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/customers/{id}")]
        HttpRequest request, string id) =>
        CustomerId.Parse(id) is { } known && await customers.Find(known) is { Value: var customer }
            ? TypedResults.Ok(new CustomerProfile(customer, time.GetUtcNow()))
            : Missing.Customer;
}

using Automation.Functions.Hosting;
using Automation.Marketing.Customers;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Customers;

/// <summary>What we know about a customer.</summary>
public sealed class GetCustomer(CustomerStore customers, TimeProvider time)
{
    [Function(nameof(GetCustomer))]
    public async Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/customers/{id}")] HttpRequest request)
    {
        var http = request.HttpContext;
        if (http.CustomerId() is not { } id || await customers.Find(id) is not { } stored) await http.NoSuchCustomer();
        else await http.Ok(json => json.Write(stored.Value, time.GetUtcNow()));
    }
}

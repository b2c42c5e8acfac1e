using Automation.Functions.Hosting;
using Automation.Marketing.Customers;
using Automation.Marketing.Events;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Customers;

/// <summary>Forgets a person.</summary>
public sealed class EraseCustomer(Erasure erasure)
{
    [Function(nameof(EraseCustomer))]
    public async Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/customers/{id}")] HttpRequest request)
    {
        var http = request.HttpContext;
        if (http.CustomerId() is { } id && await erasure.Erase(id)) http.Empty(StatusCodes.Status204NoContent);
        else await http.NoSuchCustomer();
    }
}

using Automation.Functions.Http;
using Automation.Marketing.Access;
using Automation.Marketing.People;
using Automation.Marketing.Privacy;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Privacy;

/// <summary>Forgets a person.</summary>
public sealed class EraseCustomer(Erasure erasure)
{
    [Function(nameof(EraseCustomer)), Needs(Role.Operator)]
    public async Task<Results<NoContent, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/customers/{id}")] HttpRequest request,
        string id) =>
        CustomerId.Parse(id) is { } known && await erasure.Erase(known) ? TypedResults.NoContent() : Missing.Customer;
}

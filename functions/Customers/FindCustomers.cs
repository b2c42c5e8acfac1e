using Automation.Functions.Http;
using Automation.Marketing;
using Automation.Marketing.Customers;
using Automation.Marketing.People;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Customers;

/// <summary>Who has this e-mail address? A list of one or none.</summary>
public sealed class FindCustomers(CustomerStore customers, TimeProvider time)
{
    [Function(nameof(FindCustomers)), Asks("email")]
    public async Task<Results<Ok<Page<CustomerProfile>>, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/customers")] HttpRequest request)
    {
        if (request.Query("email") is not { } text) return Refusal.Unreadable("Say whom: ?email=…");
        var found = EmailAddress.Normalize(text) is { } email
            ? await customers.FindByIdentity(new Identity(Identity.Email, email))
            : null;
        return TypedResults.Ok(new Page<CustomerProfile>(
            found is null ? [] : [new CustomerProfile(found.Value, time.GetUtcNow())]));
    }
}

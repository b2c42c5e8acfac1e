using Automation.Functions.Http;
using Automation.Marketing.Customers;
using Automation.Marketing.Intake;
using Automation.Marketing.People;
using Automation.Marketing.Shop;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Customers;

/// <summary>Changes what the shop knows of a customer: <c>attributes</c> (null takes one away), <c>addTags</c>,
/// <c>removeTags</c> or <c>tags</c> (all of them), <c>language</c>, <c>timeZone</c>. All of it, or nothing where
/// something is wrong. Consent is another request.</summary>
public sealed class PatchCustomer(CustomerChanges changes, CurrentShop shop, TimeProvider time)
{
    [Function(nameof(PatchCustomer)), Asks(Body = "application/json")]
    public async Task<Results<Ok<CustomerProfile>, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "api/customers/{id}")] HttpRequest request,
        string id)
    {
        if (!request.HasJson()) return Refusal.NotJson;
        using var body = await RequestBody.Read(request);
        var (patch, problems) = CustomerPatch.Read(body.Bytes.Span, shop.Settings);
        if (patch is null) return Refusal.Mistaken("The change has mistakes; nothing was changed.", problems);
        return CustomerId.Parse(id) is { } known && await changes.Make(known, patch) is { } customer
            ? TypedResults.Ok(new CustomerProfile(customer, time.GetUtcNow()))
            : Missing.Customer;
    }
}

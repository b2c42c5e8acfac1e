using Automation.Console.Customers;
using Automation.Functions.Http;
using Automation.Functions.Privacy;
using Automation.Marketing.Access;
using Automation.Marketing.History;
using Automation.Marketing.Privacy;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Console.Customers;

/// <summary>What the law lets a customer ask for: all that is stored about them, or to be forgotten.</summary>
public sealed class CustomerRights(CustomerViews views, Disclosure disclosure, Timelines timelines, Erasure erasure)
{
    [Function("ConsoleExportCustomer"), Needs(Role.Operator)]
    public async Task<IResult> Export(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/customers/{id}/export")]
        HttpRequest request,
        string id) =>
        await views.Find(id) is { } customer && await disclosure.Of(customer.Id) is { } disclosed
            ? TypedResults.Ok(await CustomerExport.Of(disclosed, timelines, request.HttpContext))
            : Missing.Customer;

    /// <summary>Asks first, naming the person; the question changes nothing.</summary>
    [Function("ConsoleAskErase"), Needs(Role.Operator, IsRoutine = true)]
    public async Task<IResult> Ask(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/customers/{id}/erase")] HttpRequest request,
        string id) =>
        await views.Find(id) is { ErasedAt: null } customer
            ? request.Page<ErasePage>(views.Brief(customer))
            : Missing.Customer;

    /// <summary>Forgets them.</summary>
    [Function("ConsoleEraseCustomer"), Needs(Role.Operator)]
    public async Task<IResult> Erase(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "console/customers/{id}/erase")]
        HttpRequest request,
        string id) =>
        await views.Find(id) is { } customer && await erasure.Erase(customer.Id)
            ? Elsewhere.To("/console/customers", "erased")
            : Missing.Customer;
}

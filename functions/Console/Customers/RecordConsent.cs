using Automation.Console.Customers;
using Automation.Functions.Http;
using Automation.Marketing.Consent;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Console.Customers;

/// <summary>Writes down what a customer told somebody of the shop: that they agree, or that they want nothing
/// more.</summary>
public sealed class RecordConsent(CustomerViews views, ConsentByHand consents)
{
    [Function("ConsoleStopMarketing")]
    public async Task<IResult> Stop(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "console/customers/{id}/stop")] HttpRequest request,
        string id) =>
        await views.Find(id) is { } customer && await consents.StopAll(customer.Id, request.Who()) is not null
            ? Elsewhere.To($"/console/customers/{customer.Id}", "stopped")
            : Missing.Customer;

    /// <summary>They agreed.</summary>
    [Function("ConsoleGiveConsent")]
    public async Task<IResult> Give(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "console/customers/{id}/consent")]
        HttpRequest request,
        string id)
    {
        if (await views.Find(id) is not { ErasedAt: null } customer) return Missing.Customer;
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        var given = new GivenConsent($"{form["channel"]}", $"{form["evidence"]}", form["wording"], form["page"]);
        if (!given.HasChannel || !given.HasEvidence || given.IsTooLong)
            return request.Refused<CustomerPage>(
                await views.Of(customer, request.HttpContext.RequestAborted) with { Typed = given });
        await consents.Give(customer.Id, given, request.Who());
        return Elsewhere.To($"/console/customers/{customer.Id}", "given");
    }
}

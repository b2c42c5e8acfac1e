using Automation.Console.Customers;
using Automation.Functions.Http;
using Automation.Marketing.Journeys;
using Automation.Marketing.People;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Console.Customers;

/// <summary>Lets a customer begin a journey by hand, or takes them out of one.</summary>
public sealed class EnrollCustomer(CustomerViews views, EnrollmentByHand begins, LeavingByHand leaving)
{
    [Function("ConsoleEnrollCustomer")]
    public async Task<IResult> Begin(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "console/customers/{id}/enroll")]
        HttpRequest request,
        string id)
    {
        if (await views.Find(id) is not { ErasedAt: null } customer) return Missing.Customer;
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        var journey = form["journey"].ToString();
        if (await begins.Begin(customer, journey) is not { } enrolled) return Missing.Journey;
        if (enrolled.Because is not { } because) return Elsewhere.To($"/console/customers/{customer.Id}", "enrolled");
        return request.Refused<CustomerPage>(
            await views.Of(customer, request.HttpContext.RequestAborted) with { NotEnrolled = (journey, because) });
    }

    /// <summary>Takes them out.</summary>
    [Function("ConsoleLeaveJourney")]
    public async Task<IResult> Leave(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "console/customers/{id}/leave")]
        HttpRequest request,
        string id)
    {
        if (await views.Find(id) is not { } customer) return Missing.Customer;
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        if (EnrollmentId.Parse($"{form["walk"]}") is not { } walk) return Missing.Journey;
        var left = await leaving.End(customer, walk, request.HttpContext.RequestAborted);
        return Elsewhere.To($"/console/customers/{customer.Id}", left ? "left" : "gone");
    }
}

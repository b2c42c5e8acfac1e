using Automation.Console.Customers;
using Automation.Functions.Http;
using Automation.Marketing.Orders;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Console.Customers;

/// <summary>Who is late by their own rhythm, and who became a regular.</summary>
public sealed class LateCustomers(Regularities regulars)
{
    /// <summary>Two ranges of at most 500 rows, and one read for each customer that is shown: 50 and 20 at
    /// most.</summary>
    [Function("ConsoleLateCustomers")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "console/customers/late")] HttpRequest request)
    {
        var skip = 0;
        if (request.Query("next") is { } next && !(int.TryParse(next, out skip) && skip is >= 0 and <= Regulars.Most))
            return Pages.UnknownNext;
        var (late, more) = await regulars.Late(skip, request.HttpContext.RequestAborted);
        var fresh = skip == 0 ? await regulars.New(request.HttpContext.RequestAborted) : [];
        return request.Page<LatePage>(new LateList(late, fresh, more ? skip + Regularities.AtOnce : null));
    }
}

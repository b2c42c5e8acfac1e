using Automation.Marketing;
using Automation.Marketing.Journeys;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Coupons;

/// <summary>The pools of coupon codes: how many each has left, and how many were taken.</summary>
public sealed class ListCoupons(Marketing.Journeys.Coupons coupons)
{
    [Function(nameof(ListCoupons))]
    public async Task<Ok<Page<CouponPool>>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/coupons")] HttpRequest request)
    {
        var pools = new List<CouponPool>();
        foreach (var pool in coupons.Pools) pools.Add(await coupons.Count(pool, request.HttpContext.RequestAborted));
        return TypedResults.Ok(new Page<CouponPool>(pools));
    }
}

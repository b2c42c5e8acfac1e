using System.Text.Json;
using Automation.Functions.Http;
using Automation.Marketing.Journeys;
using Automation.Marketing.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Coupons;

/// <summary>Codes for a pool beside those of its file:
/// <c>{"codes":["A1B2",{"code":"C3D4","expires":"2026-12-31"}]}</c>. A code the pool has, or had, is not added
/// again.</summary>
public sealed class AddCoupons(Marketing.Journeys.Coupons coupons)
{
    /// <summary>Codes in one request.</summary>
    private const int Most = 10_000;

    [Function(nameof(AddCoupons)), Asks(Body = "application/json")]
    public async Task<Results<Ok<AddedCoupons>, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/coupons/{pool}")] HttpRequest request,
        string pool)
    {
        if (!request.HasJson()) return Refusal.NotJson;
        if (!coupons.Pools.Contains(pool))
            return Refusal.NotFound("There is no such pool: a file coupons/{pool}.csv in the shop's folder makes one.");
        using var body = await RequestBody.Read(request);
        try
        {
            using var json = JsonDocument.Parse(body.Bytes);
            var (codes, wrong) = CouponReader.Read(pool, json.RootElement, Most);
            if (wrong is not null) return Refusal.Unreadable(wrong);
            var added = await coupons.Add(pool, codes, request.HttpContext.RequestAborted);
            return TypedResults.Ok(
                new AddedCoupons(added, await coupons.Count(pool, request.HttpContext.RequestAborted)));
        }
        catch (JsonException wrong)
        {
            return Refusal.Unreadable($"This is not JSON: {wrong.Message}");
        }
        catch (InvalidOperationException)
        {
            return Refusal.Unreadable("A text in it holds half a character (an unpaired \\u surrogate).");
        }
    }
}

/// <summary>What became of codes that were handed in.</summary>
/// <param name="Added">How many were new.</param>
public sealed record AddedCoupons(int Added, CouponPool Pool);

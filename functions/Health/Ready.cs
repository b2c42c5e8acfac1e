using Automation.Functions.Hosting;
using Automation.Functions.Http;
using Automation.Functions.Publishing;
using Automation.Marketing;
using Automation.Marketing.Inbox;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Health;

/// <summary>Webhooks can be taken: tables and queues answer and can be written, and there is room for what comes. Where
/// the shop lacks something because a file of it was refused it is <c>degraded</c>, and still answered with 200: orders
/// are taken, and nothing would be mended by another process. Where nobody works off what is taken it is not
/// ready.</summary>
public sealed class Ready(Tables tables, DataFile file, Refusals refusals, ShopWatch shop, Pulse pulse)
{
    /// <summary>Reasons named; attention has them all.</summary>
    private const int Most = 10;

    [Function(nameof(Ready))]
    public async Task<Results<Ok<Readiness>, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health/ready")] HttpRequest request)
    {
        var cancellation = request.HttpContext.RequestAborted;
        if (!file.HasRoom) return Refusal.NotReady("The disk of the data folder is full.");
        if (!await file.CanWrite(cancellation))
            return Refusal.NotReady(
                "The database cannot be written: another program holds it, or its disk does not answer.");
        if (await pulse.Missed(cancellation) is { } missed) return Refusal.NotReady(missed);
        var waiting = await tables.OrderQueue.ApproximateCount(cancellation)
            + await tables.EventQueue.ApproximateCount(cancellation)
            + await tables.EngagementQueue.ApproximateCount(cancellation);
        await tables.Customers.Find("00", "none", cancellation);
        string[] reasons = [.. shop.Missing.Take(Most)];
        var refused = refusals.Lately;
        return TypedResults.Ok(new Readiness(
            reasons.Length == 0 ? "ready" : "degraded",
            reasons.Length == 0 ? null : reasons,
            waiting,
            refused.Count == 0 ? null : refused));
    }
}

/// <summary>Whether webhooks can be taken.</summary>
/// <param name="Status"><c>ready</c>, or <c>degraded</c> where the shop lacks something.</param>
/// <param name="Reasons">What it lacks.</param>
/// <param name="Waiting">Messages in the queues, about.</param>
/// <param name="Refused">Webhooks turned away lately.</param>
public sealed record Readiness(
    string Status, IReadOnlyList<string>? Reasons, long Waiting, IReadOnlyList<Refused>? Refused);

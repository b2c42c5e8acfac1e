using System.Text.Json;
using Automation.Functions.Hosting;
using Automation.Marketing;
using Automation.Marketing.Orders;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Health;

/// <summary>
/// Webhooks can be taken: tables and queues answer and can be written, and there is room for what comes. Where the shop
/// lacks something because a file of it was refused it is <c>degraded</c>, and still answered with 200: orders are
/// taken, and nothing would be mended by another process.
/// </summary>
public sealed class Ready(Tables tables, DataFile file, Refusals refusals, ShopWatch shop)
{
    /// <summary>A few of the largest webhooks, and what is made of them.</summary>
    public long Least { get; init; } = 8 * HttpRoutes.LargestBody;

    /// <summary>Reasons named; attention has them all.</summary>
    private const int Most = 10;

    [Function(nameof(Ready))]
    public async Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "health/ready")] HttpRequest request)
    {
        var http = request.HttpContext;
        if (file.Room() < Least) { await http.Refuse(StatusCodes.Status503ServiceUnavailable, "The disk of the data folder is full."); return; }
        if (!await file.CanWrite(http.RequestAborted))
        {
            await http.Refuse(StatusCodes.Status503ServiceUnavailable,
                "The database cannot be written: another program holds it, or its disk does not answer.");
            return;
        }
        var waiting = await tables.OrderQueue.ApproximateCount(http.RequestAborted) + await tables.EventQueue.ApproximateCount(http.RequestAborted)
            + await tables.EngagementQueue.ApproximateCount(http.RequestAborted);
        await tables.Customers.Find("00", "none", http.RequestAborted);
        var reasons = shop.Missing.Take(Most).ToList();
        await http.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("status", reasons.Count == 0 ? "ready" : "degraded");
            if (reasons.Count > 0)
            {
                json.WriteStartArray("reasons");
                foreach (var reason in reasons) json.WriteStringValue(reason);
                json.WriteEndArray();
            }
            json.WriteNumber("waiting", waiting);
            Write(json, refusals.Lately);
            json.WriteEndObject();
        });
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<Refused> lately)
    {
        if (lately.Count == 0) return;
        json.WriteStartArray("refused");
        foreach (var one in lately)
        {
            json.WriteStartObject();
            json.WriteString("source", one.Source);
            json.WriteString("reason", one.Reason);
            json.WriteNumber("count", one.Count);
            json.WriteString("since", one.Since);
            json.WriteString("latest", one.Latest);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}

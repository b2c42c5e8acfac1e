using System.Text.Json;
using Automation.Functions.Hosting;
using Automation.Marketing;
using Automation.Marketing.Orders;

namespace Automation.Functions.Health;

/// <summary>
/// Webhooks can be taken: tables and queues answer and can be written, and there is room for what comes. Where the shop
/// lacks something because a file of it was refused it is <c>degraded</c>, and still answered with 200: orders are
/// taken, and nothing would be mended by another process.
/// </summary>
/// <param name="room">Bytes that may still be written to the data folder.</param>
/// <param name="canWrite">Nobody else holds the database.</param>
/// <param name="refused">Webhooks turned away lately.</param>
/// <param name="missing">What the shop lacks.</param>
public sealed class Ready(
    Tables tables, Func<long> room, Func<CancellationToken, Task<bool>> canWrite, Func<IReadOnlyList<Refused>> refused, Func<IEnumerable<string>> missing)
{
    /// <summary>A few of the largest webhooks, and what is made of them.</summary>
    private const long Least = 8 * HttpRoutes.LargestBody;

    /// <summary>Reasons named; attention has them all.</summary>
    private const int Most = 10;

    public async Task Run(HttpContext http)
    {
        if (room() < Least) { await http.Refuse(StatusCodes.Status503ServiceUnavailable, "The disk of the data folder is full."); return; }
        if (!await canWrite(http.RequestAborted))
        {
            await http.Refuse(StatusCodes.Status503ServiceUnavailable,
                "The database cannot be written: another program holds it, or its disk does not answer.");
            return;
        }
        var waiting = await tables.OrderQueue.ApproximateCount(http.RequestAborted) + await tables.EventQueue.ApproximateCount(http.RequestAborted)
            + await tables.EngagementQueue.ApproximateCount(http.RequestAborted);
        await tables.Customers.Find("00", "none", http.RequestAborted);
        var reasons = missing().Take(Most).ToList();
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
            Write(json, refused());
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

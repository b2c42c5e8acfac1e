using System.Text.Json;
using Automation.Functions.Hosting;
using Automation.Marketing;
using Automation.Marketing.Orders;

namespace Automation.Functions.Health;

/// <summary>Webhooks can be taken: tables and queues answer, and there is room for what comes.</summary>
/// <param name="room">Bytes that may still be written to the data folder.</param>
/// <param name="refused">Webhooks turned away lately.</param>
public sealed class Ready(Tables tables, Func<long> room, Func<IReadOnlyList<Refused>> refused)
{
    /// <summary>A few of the largest webhooks, and what is made of them.</summary>
    private const long Least = 8 * HttpRoutes.LargestBody;

    public async Task Run(HttpContext http)
    {
        if (room() < Least) { await http.Refuse(StatusCodes.Status503ServiceUnavailable, "The disk of the data folder is full."); return; }
        var waiting = await tables.OrderQueue.GetApproximateMessagesCountAsync(http.RequestAborted) + await tables.EventQueue.GetApproximateMessagesCountAsync(http.RequestAborted)
            + await tables.EngagementQueue.GetApproximateMessagesCountAsync(http.RequestAborted);
        await tables.Customers.GetEntityIfExistsAsync("00", "none", http.RequestAborted);
        await http.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("status", "ready");
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

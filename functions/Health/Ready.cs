using Automation.Functions.Hosting;
using Automation.Marketing;

namespace Automation.Functions.Health;

/// <summary>Webhooks can be taken: tables and queues answer.</summary>
public sealed class Ready(Tables tables)
{
    public async Task Run(HttpContext http)
    {
        var waiting = await tables.OrderQueue.GetApproximateMessagesCountAsync(http.RequestAborted) + await tables.EventQueue.GetApproximateMessagesCountAsync(http.RequestAborted)
            + await tables.EngagementQueue.GetApproximateMessagesCountAsync(http.RequestAborted);
        await tables.Customers.GetEntityIfExistsAsync("00", "none", http.RequestAborted);
        await http.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("status", "ready");
            json.WriteNumber("waiting", waiting);
            json.WriteEndObject();
        });
    }
}

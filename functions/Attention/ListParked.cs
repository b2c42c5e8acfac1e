using Automation.Functions.Hosting;
using Automation.Marketing.Orders;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Attention;

/// <summary>What was set aside to be looked at, oldest first.</summary>
public sealed class ListParked(Parking parking)
{
    [Function(nameof(ListParked))]
    public async Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/parked")] HttpRequest request)
    {
        var http = request.HttpContext;
        var items = await parking.List().ToListAsync(http.RequestAborted);
        await http.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            foreach (var parked in items)
            {
                json.WriteStartObject();
                json.WriteString("name", parked.Name);
                json.WriteString("source", parked.Source);
                json.WriteString("topic", parked.Topic);
                json.WriteString("receivedAt", parked.ReceivedAt);
                json.WriteString("reason", parked.Reason);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }
}

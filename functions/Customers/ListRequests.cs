using Automation.Functions.Hosting;
using Automation.Marketing.Customers;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Customers;

/// <summary>What the law lets people and platforms ask for: <c>?open=true</c> only what waits for an answer.</summary>
public sealed class ListRequests(Requests requests)
{
    [Function(nameof(ListRequests))]
    public async Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/requests")] HttpRequest request)
    {
        var http = request.HttpContext;
        var open = http.Query("open") == "true";
        var items = await requests.List().Where(request => !open || request.AnsweredAt is null).ToListAsync(http.RequestAborted);
        await http.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            foreach (var request in items) json.Write(request);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }
}

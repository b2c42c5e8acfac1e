using Automation.Functions.Hosting;
using Automation.Marketing;
using Automation.Marketing.Customers;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Customers;

/// <summary>Everything that happened to a customer, oldest first.</summary>
public sealed class GetTimeline(CustomerStore customers, Timelines timelines)
{
    [Function(nameof(GetTimeline))]
    public async Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/customers/{id}/timeline")] HttpRequest request)
    {
        var http = request.HttpContext;
        if (http.CustomerId() is not { } id || await customers.Find(id) is not { } stored) { await http.NoSuchCustomer(); return; }
        var timeline = await timelines.Of(stored.Value, http.RequestAborted);
        await http.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            foreach (var happening in timeline) json.Write(happening);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }
}

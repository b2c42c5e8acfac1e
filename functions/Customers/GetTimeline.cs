using Automation.Functions.Hosting;
using Automation.Marketing;
using Automation.Marketing.Customers;

namespace Automation.Functions.Customers;

/// <summary>Everything that happened to a customer, oldest first.</summary>
public sealed class GetTimeline(CustomerStore customers, Tables tables)
{
    public async Task Run(HttpContext http)
    {
        if (http.CustomerId() is not { } id || await customers.Find(id) is not { } stored) { await http.NoSuchCustomer(); return; }
        var timeline = await tables.Timeline(stored.Value, http.RequestAborted);
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

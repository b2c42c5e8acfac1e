using System.Text.Json;
using Automation.Functions.Hosting;
using Automation.Marketing;
using Automation.Marketing.Customers;

namespace Automation.Functions.Customers;

/// <summary>Everything stored about a person, for the person (個人情報保護法 art. 33): the row as it is, and the timeline.</summary>
public sealed class ExportCustomer(CustomerStore customers, Tables tables)
{
    public async Task Run(HttpContext http)
    {
        if (http.CustomerId() is not { } id || await customers.Find(id) is not { } stored) { await http.NoSuchCustomer(); return; }
        var timeline = await tables.Timeline(stored.Value, http.RequestAborted);
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"customer-{stored.Value.Id}.json\"";
        await http.Ok(json =>
        {
            json.WriteStartObject();
            json.WritePropertyName("customer");
            JsonSerializer.Serialize(json, stored.Value, CustomerJson.Rows.Customer);
            json.WriteStartArray("timeline");
            foreach (var happening in timeline) json.Write(happening);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }
}

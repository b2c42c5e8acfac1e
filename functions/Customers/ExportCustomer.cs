using System.Text.Json;
using Automation.Functions.Hosting;
using Automation.Marketing;
using Automation.Marketing.Customers;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Customers;

/// <summary>Everything stored about a person, for the person (個人情報保護法 art. 33).</summary>
public sealed class ExportCustomer(Disclosure disclosure, Timelines timelines)
{
    [Function(nameof(ExportCustomer))]
    public async Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/customers/{id}/export")] HttpRequest request)
    {
        var http = request.HttpContext;
        if (http.CustomerId() is not { } id || await disclosure.Of(id) is not { } disclosed) { await http.NoSuchCustomer(); return; }
        await http.Export(disclosed, await timelines.Of(disclosed.Customer, http.RequestAborted));
    }
}

/// <summary>A person's data as one document.</summary>
public static class Exports
{
    public static Task Export(this HttpContext http, Disclosed disclosed, IReadOnlyList<Happening> timeline)
    {
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"customer-{disclosed.Customer.Id}.json\"";
        return http.Ok(json =>
        {
            json.WriteStartObject();
            json.WritePropertyName("customer");
            JsonSerializer.Serialize(json, disclosed.Customer, CustomerJson.Customer);
            json.WriteStartArray("timeline");
            foreach (var happening in timeline) json.Write(happening);
            json.WriteEndArray();
            json.WriteStartObject("suppressed");
            foreach (var (address, reason) in disclosed.Suppressed) json.WriteString(address, reason);
            json.WriteEndObject();
            json.WriteStartArray("parked");
            foreach (var name in disclosed.Parked) json.WriteStringValue(name);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }
}

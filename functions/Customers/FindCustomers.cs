using Automation.Functions.Hosting;
using Automation.Marketing.Customers;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Customers;

/// <summary>Who has this e-mail address? A list of one or none.</summary>
public sealed class FindCustomers(CustomerStore customers, TimeProvider time)
{
    [Function(nameof(FindCustomers))]
    public async Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/customers")] HttpRequest request)
    {
        var http = request.HttpContext;
        if (http.Query("email") is not { } text) { await http.Refuse(StatusCodes.Status400BadRequest, "Say whom: ?email=…"); return; }
        var found = EmailAddress.Normalize(text) is { } email ? await customers.FindByIdentity(new Identity(Identity.Email, email)) : null;
        await http.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            if (found is not null) json.Write(found.Value, time.GetUtcNow());
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }
}

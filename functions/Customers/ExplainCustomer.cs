using Automation.Functions.Hosting;
using Automation.Marketing.Customers;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Customers;

/// <summary>Why does (or did, or does not) this customer get the mails of a journey or a newsletter?</summary>
public sealed class ExplainCustomer(CustomerStore customers, ExplainJourney journeys, ExplainNewsletter newsletters)
{
    [Function(nameof(ExplainCustomer))]
    public async Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/customers/{id}/why")] HttpRequest request)
    {
        var http = request.HttpContext;
        var (journey, newsletter) = (http.Query("journey"), http.Query("newsletter"));
        if (journey is null == newsletter is null) { await http.Refuse(StatusCodes.Status400BadRequest, "Say which: ?journey=… or ?newsletter=…"); return; }
        if (http.CustomerId() is not { } id || await customers.Find(id) is not { } stored) { await http.NoSuchCustomer(); return; }
        if (journey is not null) await journeys.Answer(http, journey, stored.Value);
        else await newsletters.Answer(http, newsletter!, stored.Value);
    }
}

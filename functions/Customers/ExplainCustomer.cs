using Automation.Functions.Http;
using Automation.Marketing.Customers;
using Automation.Marketing.Journeys;
using Automation.Marketing.Newsletters.Chunks;
using Automation.Marketing.People;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Customers;

/// <summary>Why does (or did, or does not) this customer get the mails of a journey or a newsletter?</summary>
public sealed class ExplainCustomer(CustomerStore customers, ExplainJourney journeys, ExplainNewsletter newsletters)
{
    [Function(nameof(ExplainCustomer)), Asks("journey", "newsletter")]
    public async Task<Results<Ok<JourneyExplanation>, Ok<NewsletterExplanation>, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/customers/{id}/why")]
        HttpRequest request, string id)
    {
        var (journey, newsletter) = (request.Query("journey"), request.Query("newsletter"));
        if (journey is null == newsletter is null) return Refusal.Unreadable("Say which: ?journey=… or ?newsletter=…");
        if (CustomerId.Parse(id) is not { } known || await customers.Find(known) is not { Value: var customer })
            return Missing.Customer;
        if (journey is not null)
            return await journeys.Of(journey, customer) is { } walks ? TypedResults.Ok(walks) : Missing.Journey;
        return await newsletters.Of(newsletter!, customer) is { } coming ? TypedResults.Ok(coming) : Missing.Newsletter;
    }
}

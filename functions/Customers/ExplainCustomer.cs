using System.Text.Json;
using Automation.Functions.Hosting;
using Automation.Functions.Journeys;
using Automation.Marketing;
using Automation.Marketing.Customers;
using Automation.Marketing.Journeys;
using Automation.Marketing.Segments;

namespace Automation.Functions.Customers;

/// <summary>Why is (or was, or is not) this customer in a journey? Their walks, or what the trigger asks for and how it stands with them.</summary>
public sealed class ExplainCustomer(CustomerStore customers, EnrollmentStore enrollments, PublishedJourneys journeys, TimeProvider time)
{
    public async Task Run(HttpContext http)
    {
        if (http.Query("journey") is not { } name) { await http.Refuse(StatusCodes.Status400BadRequest, "Say which: ?journey=…"); return; }
        if (http.CustomerId() is not { } id || await customers.Find(id) is not { } stored) { await http.NoSuchCustomer(); return; }
        var customer = stored.Value;
        var walks = new List<Stored<Enrollment>>();
        foreach (var one in (CustomerId[])[customer.Id, .. customer.MergedFrom]) walks.AddRange(await enrollments.Of(one, name));
        var journey = journeys.Latest(name);
        if (journey is null && walks.Count == 0) { await http.NoSuchJourney(); return; }
        await http.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("journey", name);
            json.WriteStartArray("enrollments");
            foreach (var walk in walks) json.Write(walk.Value);
            json.WriteEndArray();
            if (journey is not null) Explain(json, journey, customer);
            json.WriteEndObject();
        });
    }

    private void Explain(Utf8JsonWriter json, PublishedJourney journey, Customer customer)
    {
        var trigger = journey.Journey.Trigger;
        json.WriteStartObject("trigger");
        json.WriteString("event", trigger.Event);
        if (trigger.Where is { } where)
        {
            json.WriteString("where", Conditions.InWords(where));
            json.WriteString("now", Conditions.Explain(where, journeys.Situation(customer, time.GetUtcNow())));
        }
        json.WriteBoolean("paused", journeys.IsPaused(journey.Id));
        json.WriteEndObject();
    }
}

using System.Text.Json;
using Automation.Functions.Hosting;
using Automation.Functions.Journeys;
using Automation.Marketing;
using Automation.Marketing.Customers;
using Automation.Marketing.Journeys;
using Automation.Marketing.Plan;
using Automation.Marketing.Segments;
using Automation.Marketing.Sending;

namespace Automation.Functions.Customers;

/// <summary>A customer's walks through a journey, what its trigger asks for and how it stands with them, what goes before it, and whether a mail of it might go now.</summary>
public sealed class ExplainJourney(EnrollmentStore enrollments, PublishedJourneys journeys, Precedence precedence, SendForecast forecast, TimeProvider time)
{
    public async Task Answer(HttpContext http, string name, Customer customer)
    {
        var walks = new List<Stored<Enrollment>>();
        foreach (var one in (CustomerId[])[customer.Id, .. customer.MergedFrom]) walks.AddRange(await enrollments.Of(one, name));
        var journey = journeys.Latest(name);
        if (journey is null && walks.Count == 0) { await http.NoSuchJourney(); return; }
        var situation = journeys.Situation(customer, time.GetUtcNow());
        var ahead = await precedence.Of(customer, name);
        var verdict = journey is null ? null : await forecast.Of(journey.Journey.Purpose, situation);
        await http.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("journey", name);
            json.WriteStartArray("enrollments");
            foreach (var walk in walks) json.Write(walk.Value);
            json.WriteEndArray();
            if (journey is not null) Trigger(json, journey, situation);
            if (ahead is not null) Write(json, ahead);
            if (verdict is not null) Write(json, journey!.Journey.Purpose, verdict);
            json.WriteEndObject();
        });
    }

    private void Trigger(Utf8JsonWriter json, PublishedJourney journey, Situation situation)
    {
        var trigger = journey.Journey.Trigger;
        json.WriteStartObject("trigger");
        json.WriteString("event", trigger.Event);
        if (trigger.Where is { } where)
        {
            json.WriteString("where", Conditions.InWords(where));
            json.WriteString("now", Conditions.Explain(where, situation));
        }
        json.WriteBoolean("paused", journeys.IsPaused(journey.Id));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Ahead ahead)
    {
        json.WriteStartObject("behind");
        json.WriteString("journey", ahead.Journey);
        json.WriteString("rule", ahead.Rule.ToString().ToLowerInvariant());
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Purpose purpose, Verdict verdict)
    {
        json.WriteStartObject("mail");
        json.WriteString("purpose", purpose.ToString().ToLowerInvariant());
        json.Write(verdict);
        json.WriteEndObject();
    }
}

using System.Text.Json;
using Automation.Functions.Hosting;
using Automation.Functions.Journeys;
using Automation.Marketing.Insights;
using Automation.Marketing.Journeys;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Insights;

/// <summary>What a journey does: who entered, where they wait, what became of each mail, and whether it makes a difference.</summary>
public sealed class GetJourneyInsights(Reader reader, PublishedJourneys journeys)
{
    private static readonly string[] OfJourneys = ["entered", "live", "completed", "left", "holdout", "failed", "goals", "buyers", "orders", "revenue"];

    [Function(nameof(GetJourneyInsights))]
    public async Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/insights/journeys/{id}")] HttpRequest request)
    {
        var http = request.HttpContext;
        var id = http.Route("id");
        var (book, countedAt) = await reader.Read(http.RequestAborted);
        var (journey, name) = (journeys.Latest(id)?.Journey, $"journey|{id}|");
        if (journey is null && book.Figures[$"{name}entered"] == 0) { await http.NoSuchJourney(); return; }
        await http.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("journey", id);
            if (countedAt is { } at) json.WriteString("countedAt", at);
            json.WriteString("window", (journey?.Goal?.Within ?? Counting.UsualWindow).ToString());
            json.Write(book.Figures, name, OfJourneys);
            Waiting(json, book.Figures, $"{name}at|");
            Steps(json, book.Figures, $"{name}step|");
            json.WriteLift(book, id);
            json.WriteEndObject();
        });
    }

    private static void Waiting(Utf8JsonWriter json, Figures figures, string prefix)
    {
        json.WriteStartArray("waiting");
        foreach (var (rest, customers) in figures.Under(prefix))
        {
            if (rest.Split('|') is not [var version, var cursor]) continue;
            json.WriteStartObject();
            json.WriteNumber("version", int.Parse(version, System.Globalization.CultureInfo.InvariantCulture));
            json.WriteString("step", cursor);
            json.WriteNumber("customers", customers);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Steps(Utf8JsonWriter json, Figures figures, string prefix)
    {
        json.WriteStartArray("steps");
        foreach (var cursor in figures.Parts(prefix))
            foreach (var mail in figures.Parts($"{prefix}{cursor}|"))
            {
                json.WriteStartObject();
                json.WriteString("step", cursor);
                json.WriteString("mail", mail);
                json.WriteMail(figures, $"{prefix}{cursor}|{mail}|");
                json.WriteEndObject();
            }
        json.WriteEndArray();
    }
}

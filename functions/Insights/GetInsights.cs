using System.Text.Json;
using Automation.Functions.Hosting;
using Automation.Marketing.Insights;

namespace Automation.Functions.Insights;

/// <summary>The first screen: how fast thank-yous go out, who comes back, what journeys and newsletters do.</summary>
public sealed class GetInsights(Reader reader)
{
    public async Task Run(HttpContext http)
    {
        var (book, countedAt) = await reader.Read(http.RequestAborted);
        await http.Ok(json =>
        {
            json.WriteStartObject();
            if (countedAt is { } at) json.WriteString("countedAt", at);
            json.WriteStartObject("thanks");
            foreach (var (name, days) in ((string, int)[])[("today", 1), ("last7Days", 7), ("last30Days", 30)])
            {
                json.WriteStartObject(name);
                json.Write("sinceOrder", book.Thanks(days, "order"));
                json.Write("sinceKnown", book.Thanks(days, "known"));
                json.WriteEndObject();
            }
            json.WriteEndObject();
            Customers(json, book);
            json.WriteStartArray("journeys");
            foreach (var journey in book.Figures.Parts("journey|"))
            {
                json.WriteStartObject();
                json.WriteString("journey", journey);
                json.Write(book.Figures, $"journey|{journey}|", ["entered", "live", "buyers", "orders", "revenue"]);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteStartArray("newsletters");
            foreach (var newsletter in book.Figures.Parts("issue|"))
            {
                json.WriteStartObject();
                json.WriteString("newsletter", newsletter);
                json.WriteNumber("issues", book.Figures.Parts($"issue|{newsletter}|").Count);
                json.Write("optOuts", book.OptOuts($"issue|{newsletter}|"));
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static void Customers(Utf8JsonWriter json, Book book)
    {
        var cohorts = book.Cohorts();
        json.WriteStartObject("customers");
        json.Write("boughtAgain", new Share(cohorts.Sum(cohort => cohort.Again.Of), cohorts.Sum(cohort => cohort.Again.All)));
        json.WriteNumber("orders", cohorts.Sum(cohort => cohort.Orders));
        json.WriteNumber("revenue", cohorts.Sum(cohort => cohort.Revenue));
        json.WriteEndObject();
    }
}

using Automation.Functions.Hosting;
using Automation.Marketing.Insights;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Insights;

/// <summary>Customers by the month of their first order: who came back (F2 転換率), and what they were worth, month by month.</summary>
public sealed class GetCohorts(Reader reader)
{
    [Function(nameof(GetCohorts))]
    public async Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/insights/cohorts")] HttpRequest request)
    {
        var http = request.HttpContext;
        var (book, countedAt) = await reader.Read(http.RequestAborted);
        await http.Ok(json =>
        {
            json.WriteStartObject();
            if (countedAt is { } at) json.WriteString("countedAt", at);
            json.WriteStartArray("items");
            foreach (var cohort in book.Cohorts())
            {
                json.WriteStartObject();
                json.WriteString("month", cohort.Month);
                json.Write("boughtAgain", cohort.Again);
                json.WriteNumber("orders", cohort.Orders);
                json.WriteNumber("revenue", cohort.Revenue);
                json.WriteNumber("lifetimeValue", Math.Round(cohort.LifetimeValue, 2));
                json.WriteStartArray("lifetimeValueByMonth");
                foreach (var value in cohort.ByMonth) json.WriteNumberValue(value);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }
}

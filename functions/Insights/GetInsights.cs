using System.Text.Json;
using Automation.Functions.Hosting;
using Automation.Marketing.Insights;
using Automation.Marketing.Newsletters;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Insights;

/// <summary>The first screen: how fast thank-yous go out, who comes back, what journeys and newsletters do.</summary>
public sealed class GetInsights(Reader reader, PublishedNewsletters newsletters, IssueStore issues)
{
    [Function(nameof(GetInsights))]
    public async Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/insights")] HttpRequest request)
    {
        var http = request.HttpContext;
        var (book, countedAt) = await reader.Read(http.RequestAborted);
        var sent = await Sent(book);
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
            foreach (var (newsletter, gone) in sent)
            {
                json.WriteStartObject();
                json.WriteString("newsletter", newsletter);
                json.WriteNumber("issues", gone.Count);
                json.WriteNumber("sent", gone.Sum(issue => issue.Counts.Sent));
                json.Write("optOuts", book.OptOuts($"issue|{newsletter}|"));
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    /// <summary>
    /// Issues as their rows say: they are there as soon as they go out, whether or not a provider tells what became of
    /// them.
    /// </summary>
    private async Task<IReadOnlyList<(string Newsletter, IReadOnlyList<Issue> Gone)>> Sent(Book book)
    {
        var all = new List<(string, IReadOnlyList<Issue>)>();
        foreach (var newsletter in newsletters.All().Select(one =>
            one.Id).Union(book.Figures.Parts("issue|")).Order(StringComparer.Ordinal))
        {
            var gone = new List<Issue>();
            await foreach (var issue in issues.Of(newsletter))
                if (issue.StartedAt is not null || issue.State is IssueState.Sending or IssueState.Sent)
                    gone.Add(issue);
            if (gone.Count > 0) all.Add((newsletter, gone));
        }
        return all;
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

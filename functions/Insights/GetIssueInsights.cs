using Automation.Functions.Hosting;
using Automation.Functions.Newsletters;
using Automation.Marketing.Insights;
using Automation.Marketing.Newsletters;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Insights;

/// <summary>What an issue did: its audience as its ledger says, what became of the mails, orders within a week, and what it cost in opt-outs.</summary>
public sealed class GetIssueInsights(Reader reader, IssueStore issues)
{
    [Function(nameof(GetIssueInsights))]
    public async Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/insights/issues/{newsletter}/{date}")] HttpRequest request)
    {
        var http = request.HttpContext;
        if (IssueAnswers.Issue($"{http.Route("newsletter")}/{http.Route("date")}") is not { } id
            || await issues.Find(id, http.RequestAborted) is not { Value: var issue })
        {
            await http.Refuse(StatusCodes.Status404NotFound, "No such issue was acted on.");
            return;
        }
        var (book, countedAt) = await reader.Read(http.RequestAborted);
        var prefix = $"issue|{id.Newsletter}|{id.RowKey}|";
        await http.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("newsletter", id.Newsletter);
            json.WriteString("date", id.RowKey);
            if (countedAt is { } at) json.WriteString("countedAt", at);
            json.WriteNumber("audience", issue.Counts.Audience);
            json.WriteNumber("sent", issue.Counts.Sent);
            json.WriteNumber("uncertain", issue.Counts.Uncertain);
            json.WriteNumber("skipped", issue.Counts.Skipped.Values.Sum());
            json.WriteNumber("failed", issue.Counts.Failed.Values.Sum());
            json.WriteString("window", Counting.IssueWindow.ToString());
            json.Write(book.Figures, prefix, ["delivered", "opened", "clicked", "bounced", "unsubscribed", "complained", "optedOut", "buyers", "orders", "revenue"]);
            json.Write("optOuts", book.OptOuts(prefix));
            json.WriteEndObject();
        });
    }
}

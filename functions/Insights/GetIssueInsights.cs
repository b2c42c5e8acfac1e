using Automation.Functions.Http;
using Automation.Marketing.Insights;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Insights;

/// <summary>What an issue did: its audience as its ledger says, what became of the mails, orders within a week, and
/// what it cost in opt-outs.</summary>
public sealed class GetIssueInsights(Reader reader, IssueStore issues)
{
    [Function(nameof(GetIssueInsights))]
    public async Task<Results<Ok<IssueInsights>, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/insights/issues/{newsletter}/{date}")]
        HttpRequest request,
        string newsletter, string date)
    {
        var cancellation = request.HttpContext.RequestAborted;
        if (IssueId.Parse($"{newsletter}/{date}") is not { } id
            || await issues.Find(id, cancellation) is not { Value: var issue })
            return Refusal.NotFound("No such issue was acted on.");
        var (book, countedAt) = await reader.Read(cancellation);
        return TypedResults.Ok(new IssueInsights(issue, book, countedAt));
    }
}

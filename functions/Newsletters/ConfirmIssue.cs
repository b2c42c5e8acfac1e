using Automation.Functions.Hosting;
using Automation.Marketing.Newsletters;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Newsletters;

/// <summary>Sends an issue now, knowing what that is expected to cost.</summary>
public sealed class ConfirmIssue(IssueStart start, ChunkLedger ledger)
{
    [Function(nameof(ConfirmIssue))]
    public async Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/newsletters/{id}/issues/{date}/confirm")] HttpRequest request)
    {
        var http = request.HttpContext;
        if (http.Issue() is not { } id || await start.Confirm(id, http.RequestAborted) is not { } moved) { await http.NoSuchIssue(); return; }
        if (moved.Issue is not { } issue) { await http.Refuse(StatusCodes.Status409Conflict, $"This cannot be sent: {moved.Refusal}."); return; }
        var tally = await ledger.Tally(id, http.RequestAborted);
        await http.Answer(StatusCodes.Status202Accepted, json => json.Write(issue, tally));
    }
}

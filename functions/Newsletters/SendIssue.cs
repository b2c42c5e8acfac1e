using Automation.Functions.Hosting;
using Automation.Marketing.Newsletters;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Newsletters;

/// <summary>Asks for an issue to be sent now. Outside its slot that is a burst: the answer (409) says what there is to confirm, and sends nothing.</summary>
public sealed class SendIssue(IssueStart start)
{
    [Function(nameof(SendIssue))]
    public async Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/newsletters/{id}/issues/{date}/send")] HttpRequest request)
    {
        var http = request.HttpContext;
        if (http.Issue() is not { } id || await start.Ask(id, http.RequestAborted) is not { } asked) { await http.NoSuchIssue(); return; }
        if (asked.Refusal is { } refusal) { await http.Refuse(StatusCodes.Status409Conflict, $"This cannot be sent: {refusal}."); return; }
        await http.Refuse(StatusCodes.Status409Conflict, asked.Burst?.InWords() ?? "needs a confirmation", json =>
        {
            json.WriteString("confirm", $"/api/newsletters/{id.Newsletter}/issues/{id.RowKey}/confirm");
            if (asked.Burst is not { } burst) return;
            json.WriteNumber("recipients", burst.Audience.Count);
            if (burst.Usual is { } usual) json.WriteNumber("usual", usual);
            if (burst.ExpectedOptOuts is { } optOuts) json.WriteNumber("expectedOptOuts", optOuts);
            if (burst.ExpectedAtMost is { } most) json.WriteNumber("expectedAtMost", most);
            json.WriteString("expectedBecause", burst.Expected.Because);
        });
    }
}

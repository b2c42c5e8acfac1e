using Automation.Functions.Hosting;
using Automation.Marketing.Newsletters;

namespace Automation.Functions.Newsletters;

/// <summary>How far an issue is and what became of its audience, counted from its chunks at this moment.</summary>
public sealed class GetIssue(IssueStore issues, ChunkLedger ledger)
{
    public async Task Run(HttpContext http)
    {
        if (http.Issue() is not { } id || await issues.Find(id, http.RequestAborted) is not { Value: var issue }) { await http.NoSuchIssue(); return; }
        var tally = await ledger.Tally(id, http.RequestAborted);
        await http.Ok(json => json.Write(issue, tally));
    }
}

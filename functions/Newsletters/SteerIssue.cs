using Automation.Functions.Http;
using Automation.Marketing.Newsletters.Issues;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Newsletters;

/// <summary>Holds an issue, lets it go on, ends it (also before its slot has come), or tries its failures
/// again.</summary>
public sealed class SteerIssue(IssueService desk)
{
    /// <summary>Holds an issue.</summary>
    [Function("PauseIssue")]
    public Task<Results<Ok<IssueReport>, Refusal>> Pause(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/newsletters/{id}/issues/{date}/pause")]
        HttpRequest request,
        string id, string date) => Make(IssueMove.Pause, $"{id}/{date}", request);

    /// <summary>Tries its failures again.</summary>
    [Function("RetryIssue")]
    public Task<Results<Ok<IssueReport>, Refusal>> Retry(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/newsletters/{id}/issues/{date}/retry")]
        HttpRequest request,
        string id, string date) => Make(IssueMove.Retry, $"{id}/{date}", request);

    /// <summary>Lets it go on; where somebody had cancelled a slot that has not come, that is taken back.</summary>
    [Function("ResumeIssue")]
    public Task<Results<Ok<IssueReport>, Refusal>> Resume(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/newsletters/{id}/issues/{date}/resume")]
        HttpRequest request,
        string id, string date) => Make(IssueMove.Resume, $"{id}/{date}", request);

    /// <summary>Ends an issue; where its slot has not come, that slot is let go.</summary>
    [Function("CancelIssue")]
    public Task<Results<Ok<IssueReport>, Refusal>> Cancel(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/newsletters/{id}/issues/{date}/cancel")]
        HttpRequest request,
        string id, string date) => Make(IssueMove.Cancel, $"{id}/{date}", request);

    private async Task<Results<Ok<IssueReport>, Refusal>> Make(IssueMove move, string issue, HttpRequest request)
    {
        var (report, refused) = await desk.Make(move, issue, request.HttpContext.RequestAborted);
        return report is not null ? TypedResults.Ok(report) : refused!;
    }
}

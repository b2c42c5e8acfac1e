using Automation.Functions.Http;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Newsletters;

/// <summary>Checks an issue (Markdown with front matter; <c>{date}</c> may also be the fallback's name) and makes it
/// the one of its slot. <c>?dryRun=true</c> only says.</summary>
public sealed class PutIssue(IssueService desk)
{
    [Function(nameof(PutIssue)), Asks("dryRun", Body = "text/markdown")]
    public async Task<Results<Ok<IssuePublication>, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/newsletters/{id}/issues/{date}")]
        HttpRequest request,
        string id, string date)
    {
        if (!request.SaysDryRun(out var dryRun)) return Questions.UnclearDryRun;
        if (request.ContentType?.StartsWith("text/", StringComparison.OrdinalIgnoreCase) != true)
            return Refusal.NotUnderstood("Send text/markdown.");
        if (await desk.Locked(id, date, request.HttpContext.RequestAborted) is { } locked) return locked;
        using var body = await RequestBody.Read(request);
        return await desk.Put(id, date, body.Bytes, dryRun) is { } refused
            ? refused
            : TypedResults.Ok(new IssuePublication($"{id}/{date}", !dryRun));
    }
}

/// <summary>What became of an issue's text that was handed in.</summary>
public sealed record IssuePublication(string Id, bool Published);

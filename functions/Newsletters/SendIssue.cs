using System.Text.Json.Serialization;
using Automation.Functions.Http;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;
using Microsoft.Azure.Functions.Worker;

namespace Automation.Functions.Newsletters;

/// <summary>Asks for an issue to be sent now. Outside its slot that is a burst: the answer (409) says what there is to
/// confirm, and sends nothing.</summary>
public sealed class SendIssue(IssueQuestion question)
{
    [Function(nameof(SendIssue))]
    public async Task<Results<BurstRefusal, Refusal>> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/newsletters/{id}/issues/{date}/send")]
        HttpRequest request,
        string id, string date)
    {
        if (IssueId.Parse($"{id}/{date}") is not { } name
            || await question.Ask(name, request.HttpContext.RequestAborted) is not { } asked)
            return Missing.Issue;
        return asked.Refusal is { } refusal
            ? Refusal.Conflict($"This cannot be sent: {refusal}.")
            : BurstRefusal.Of(name, asked.Burst);
    }
}

/// <summary>What there is to confirm before an issue goes out now.</summary>
public sealed record BurstRefusal : Refusal
{
    /// <summary>Where to confirm it.</summary>
    [JsonPropertyOrder(1)] public required string Confirm { get; init; }
    [JsonPropertyOrder(1)] public int? Recipients { get; init; }

    /// <summary>How many an issue usually reaches.</summary>
    [JsonPropertyOrder(1)] public int? Usual { get; init; }
    [JsonPropertyOrder(1)] public int? ExpectedOptOuts { get; init; }
    [JsonPropertyOrder(1)] public int? ExpectedAtMost { get; init; }
    [JsonPropertyOrder(1)] public string? ExpectedBecause { get; init; }

    public static BurstRefusal Of(IssueId id, Burst? burst) => new()
    {
        Status = StatusCodes.Status409Conflict,
        Detail = burst?.InWords() ?? "needs a confirmation",
        Confirm = $"/api/newsletters/{id.Newsletter}/issues/{id.RowKey}/confirm",
        Recipients = burst?.Audience.Count,
        Usual = burst?.Usual,
        ExpectedOptOuts = burst?.ExpectedOptOuts,
        ExpectedAtMost = burst?.ExpectedAtMost,
        ExpectedBecause = burst?.Expected.Because,
    };

    protected override Task Write(HttpResponse answer) =>
        answer.WriteAsJsonAsync(this, AnswerJson.Written.BurstRefusal, ContentType);
}

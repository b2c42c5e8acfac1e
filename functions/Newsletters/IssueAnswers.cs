using System.Text.Json;
using Automation.Functions.Hosting;
using Automation.Marketing;
using Automation.Marketing.Newsletters;

namespace Automation.Functions.Newsletters;

/// <summary>Issues as <c>/api</c> shows them.</summary>
public static class IssueAnswers
{
    public static Task NoSuchIssue(this HttpContext http) => http.Refuse(StatusCodes.Status404NotFound, "There is no such issue.");

    /// <summary>The issue the route names; null: no such name.</summary>
    public static IssueId? Issue(this HttpContext http) => Issue($"{http.Route("id")}/{http.Route("date")}");

    /// <summary>The issue somebody names, <c>weekly/2026-11-25</c>; null: nothing can be named so.</summary>
    public static IssueId? Issue(string name) =>
        IssueId.Parse(name) is { } issue && Keys.CanBe(issue.Newsletter) ? issue : null;

    public static void Write(this Utf8JsonWriter json, Issue issue, IssueTally tally)
    {
        var counts = tally.Counts;
        json.WriteStartObject();
        json.WriteString("newsletter", issue.Id.Newsletter);
        json.WriteString("date", issue.Id.RowKey);
        json.WriteString("state", issue.State.ToString().ToLowerInvariant());
        json.WriteString("slot", issue.Slot);
        if (issue.StartedAt is { } started) json.WriteString("startedAt", started);
        if (issue.EndedAt is { } ended) json.WriteString("endedAt", ended);
        if (issue.Because is { } because) json.WriteString("because", because);
        if (issue.File is { } file) json.WriteString("file", file);
        if (issue.WinnerBecause is { } winner) json.WriteString("winner", winner);
        json.WriteNumber("audience", counts.Audience);
        json.WriteNumber("sent", counts.Sent);
        Write(json, "skipped", counts.Skipped);
        Write(json, "failed", counts.Failed);
        json.WriteNumber("uncertain", counts.Uncertain);
        json.WriteNumber("open", tally.Open);
        Write(json, "waiting", tally.Waiting);
        json.WriteBoolean(
            "complete", issue.State is IssueState.Sent or IssueState.Cancelled && tally.Open == 0 && counts.Complete);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, int> reasons)
    {
        json.WriteStartObject(name);
        foreach (var (reason, count) in reasons) json.WriteNumber(reason, count);
        json.WriteEndObject();
    }
}

using System.Text.Json.Serialization;

namespace Automation.Marketing.Newsletters.Issues;

/// <summary>How far an issue is and what became of its audience: complete, or it says that it is not.</summary>
public sealed record IssueReport([property: JsonIgnore] Issue Of, [property: JsonIgnore] IssueTally Tally)
{
    private IssueCounts Counts { get; } = Tally.Counts;

    public string Newsletter => Of.Id.Newsletter;
    public string Date => Of.Id.RowKey;
    public IssueState State => Of.State;

    /// <summary>When it was due.</summary>
    public DateTimeOffset Slot => Of.Slot;
    public DateTimeOffset? StartedAt => Of.StartedAt;
    public DateTimeOffset? EndedAt => Of.EndedAt;
    public string? Because => Of.Because;

    /// <summary>The file it goes out with.</summary>
    public string? File => Of.File;

    /// <summary>Why this subject won the test.</summary>
    public string? Winner => Of.WinnerBecause;
    public int Audience => Counts.Audience;
    public int Sent => Counts.Sent;

    /// <summary>How many were not written to, by reason.</summary>
    public IReadOnlyDictionary<string, int> Skipped => Counts.Skipped;

    /// <summary>How many could not be written to, by reason.</summary>
    public IReadOnlyDictionary<string, int> Failed => Counts.Failed;
    public int Uncertain => Counts.Uncertain;

    /// <summary>Nothing has become of them yet.</summary>
    public int Open => Tally.Open;

    /// <summary>How many of the open ones wait, by what for.</summary>
    public IReadOnlyDictionary<string, int> Waiting => Tally.Waiting;

    /// <summary>It is over and adds up.</summary>
    public bool Complete => Of.State is IssueState.Sent or IssueState.Cancelled && Tally.Open == 0 && Counts.Complete;
}

namespace Automation.Marketing.Newsletters;

/// <summary>How far an issue is and what became of its audience: complete, or it says that it is not.</summary>
public sealed record IssueReport
{
    public required string Newsletter { get; init; }
    public required string Date { get; init; }
    public required IssueState State { get; init; }

    /// <summary>When it was due.</summary>
    public required DateTimeOffset Slot { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public string? Because { get; init; }

    /// <summary>The file it goes out with.</summary>
    public string? File { get; init; }

    /// <summary>Why this subject won the test.</summary>
    public string? Winner { get; init; }
    public required int Audience { get; init; }
    public required int Sent { get; init; }

    /// <summary>How many were not written to, by reason.</summary>
    public required IReadOnlyDictionary<string, int> Skipped { get; init; }

    /// <summary>How many could not be written to, by reason.</summary>
    public required IReadOnlyDictionary<string, int> Failed { get; init; }
    public required int Uncertain { get; init; }

    /// <summary>Nothing has become of them yet.</summary>
    public required int Open { get; init; }

    /// <summary>How many of the open ones wait, by what for.</summary>
    public required IReadOnlyDictionary<string, int> Waiting { get; init; }

    /// <summary>It is over and adds up.</summary>
    public required bool Complete { get; init; }

    public static IssueReport Of(Issue issue, IssueTally tally)
    {
        var counts = tally.Counts;
        return new()
        {
            Newsletter = issue.Id.Newsletter,
            Date = issue.Id.RowKey,
            State = issue.State,
            Slot = issue.Slot,
            StartedAt = issue.StartedAt,
            EndedAt = issue.EndedAt,
            Because = issue.Because,
            File = issue.File,
            Winner = issue.WinnerBecause,
            Audience = counts.Audience,
            Sent = counts.Sent,
            Skipped = counts.Skipped,
            Failed = counts.Failed,
            Uncertain = counts.Uncertain,
            Open = tally.Open,
            Waiting = tally.Waiting,
            Complete = issue.State is IssueState.Sent or IssueState.Cancelled && tally.Open == 0 && counts.Complete,
        };
    }
}

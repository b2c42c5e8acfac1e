using Automation.Console.Letters;
using Automation.Marketing;
using Automation.Marketing.Insights;
using Automation.Marketing.Mails;
using Automation.Marketing.Newsletters.Issues;
using Automation.Marketing.Newsletters.Slots;

namespace Automation.Console.Newsletters;

/// <summary>One issue, wherever it is: before its slot, while it goes, after it.</summary>
public sealed record IssueView
{
    public required IssueReport Report { get; init; }

    /// <summary>Its series; null: that is not there any more.</summary>
    public required Newsletter? Newsletter { get; init; }

    /// <summary>What goes or went out; null: nothing.</summary>
    public IssueSource? Text { get; init; }

    /// <summary>What goes or went to who follows the shop on LINE; null: the mail.</summary>
    public IssueLineText? Line { get; init; }

    /// <summary>Has the slot a file of its own, which can be written still?</summary>
    public bool HasOwn { get; init; }
    public IReadOnlyList<MailHint> Hints { get; init; } = [];
    public PreviewLook Look { get; init; }
    public string? Who { get; init; }

    /// <summary>What there is to confirm before it goes by hand; null: nobody asked.</summary>
    public Asked? Asked { get; init; }

    /// <summary>Whom it would reach; null: nobody asked.</summary>
    public AudienceCount? Audience { get; init; }

    /// <summary>What it did, once it went out.</summary>
    public IssueInsights? Results { get; init; }

    /// <summary>Empty slots it can be moved to.</summary>
    public IReadOnlyList<Slot> Free { get; init; } = [];

    /// <summary>How many the issue before it was for; null: there was none.</summary>
    public int? Usual { get; init; }
    public required DateTimeOffset Now { get; init; }

    /// <summary>Its sending has begun.</summary>
    public bool HasBegun => Report.StartedAt is not null || Report.State == IssueState.Sending;

    /// <summary>It waits for its slot.</summary>
    public bool IsOpen => !HasBegun && Report.State is IssueState.Empty or IssueState.Draft or IssueState.Ready;

    /// <summary>Somebody let its slot go, and that can be taken back.</summary>
    public bool IsSkipped =>
        Report is { State: IssueState.Cancelled, StartedAt: null, Because: Issue.ByHand } && Report.Slot > Now;

    public bool IsOver => HasBegun && Report.State is IssueState.Sent or IssueState.Cancelled;

    /// <summary>How often the page is to look again while it goes: soon at first, where somebody waits for hours not so
    /// often.</summary>
    public int? RefreshSeconds => Report.State != IssueState.Sending ? null
        : Report.StartedAt is { } began && Now - began > TimeSpan.FromHours(1) ? 60 : 5;
}

/// <summary>The LINE text beside an issue's mail.</summary>
/// <param name="Alt">What notifications show, as written; null: there is no text of this name.</param>
/// <param name="Problems">Where LINE would not take it, or somebody's blank stays empty.</param>
public sealed record IssueLineText(string Name, string? Alt, IReadOnlyList<Problem> Problems)
{
    /// <summary>It goes beside the mail, not instead of it.</summary>
    public bool IsBeside { get; init; }
}

/// <summary>An issue or a fallback in the editor.</summary>
public sealed record IssueEdit
{
    public required Newsletter Newsletter { get; init; }

    /// <summary>A date, or a fallback's name.</summary>
    public required string Name { get; init; }

    /// <summary>When it goes; null: it has no slot of its own.</summary>
    public required DateTimeOffset? Slot { get; init; }

    /// <summary>There is no such file yet.</summary>
    public required bool IsNew { get; init; }
    public required LetterDraft Draft { get; init; }
}

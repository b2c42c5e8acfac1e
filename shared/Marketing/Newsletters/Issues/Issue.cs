using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Automation.Marketing.Newsletters.Slots;

namespace Automation.Marketing.Newsletters.Issues;

/// <summary>How far an issue is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IssueState>))]
public enum IssueState
{
    /// <summary>A slot without a file.</summary>
    [JsonStringEnumMemberName("empty")] Empty,

    /// <summary>A file that says <c>draft: true</c>.</summary>
    [JsonStringEnumMemberName("draft")] Draft,

    /// <summary>Waits for its slot.</summary>
    [JsonStringEnumMemberName("ready")] Ready,
    [JsonStringEnumMemberName("sending")] Sending,
    [JsonStringEnumMemberName("paused")] Paused,
    [JsonStringEnumMemberName("sent")] Sent,

    /// <summary>By hand, or skipped by the late policy: <see cref="Issue.Because"/> says which.</summary>
    [JsonStringEnumMemberName("cancelled")] Cancelled,
}

/// <summary>One dated mailing from the moment its slot was acted on: the row (<c>Issues</c>) is the claim of the slot.
/// Before that an issue is only a file (or the lack of one).</summary>
public sealed record Issue
{
    /// <summary>Why somebody's own decision is as it is.</summary>
    public const string ByHand = "by hand";

    [JsonIgnore] public IssueId Id { get; init; }
    public required IssueState State { get; init; }

    /// <summary>The moment it was due.</summary>
    public required DateTimeOffset Slot { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Its sending has begun, or is about to.</summary>
    [JsonIgnore] public bool IsUnderWay => StartedAt is not null || State == IssueState.Sending;

    /// <summary>Cancelled, and nobody in it is open any more: its sum is right for good.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool IsClosed { get; init; }

    /// <summary>Why it was paused, cancelled or is late; null: nothing to say.</summary>
    public string? Because { get; init; }

    /// <summary>The file it goes out with (<c>2026-11-25</c>, <c>fallback</c>); its text is pinned in <c>Published</c>
    /// when sending begins.</summary>
    public string? File { get; init; }

    /// <summary>Too late for its slot, its file takes the next one, on this day (if that has no issue of its
    /// own).</summary>
    public DateOnly? MovedTo { get; init; }

    /// <summary>Why somebody has to say that it may go, found when its slot was acted on; null: nothing but a
    /// burst.</summary>
    public string? Asks { get; init; }

    /// <summary>When somebody said that it may go although it is a burst, or was asked about.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>Who follows the shop on LINE gets a mail and a LINE message: known since it began.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool IsBothWays { get; init; }

    /// <summary>The subject that won the test; null: not decided, or nothing to decide.</summary>
    public int? Winner { get; init; }

    /// <summary>Why that subject.</summary>
    public string? WinnerBecause { get; init; }

    /// <summary>When the subjects have been compared long enough.</summary>
    public DateTimeOffset DecidedAt(SubjectTest test) => (StartedAt ?? Slot) + test.After;

    /// <summary>Was its slot let go at a moment that has not come, by a clock that was ahead? Somebody's own decision
    /// stands.</summary>
    public bool IsLetGoAhead(DateTimeOffset now) =>
        this is { State: IssueState.Cancelled, StartedAt: null, EndedAt: { } ended }
            && Because != ByHand
            && ClockJumps.IsAhead(ended, now);

    /// <summary>How often its failures were tried again.</summary>
    public int Round { get; init; }

    /// <summary>What became of its audience, as far as it has got.</summary>
    public IssueCounts Counts { get; init; } = new();
}

/// <summary>Audience = sent + skipped + failed + uncertain once an issue is done; while it is sent, audience counts
/// whom it has met so far.</summary>
public sealed record IssueCounts
{
    public int Audience { get; init; }
    public int Sent { get; init; }
    public int Uncertain { get; init; }

    /// <summary>How many were not written to, by the gate's reason.</summary>
    public IReadOnlyDictionary<string, int> Skipped { get; init; } = new Dictionary<string, int>();

    /// <summary>How many could not be written to, by reason (not rendered, refused by the provider).</summary>
    public IReadOnlyDictionary<string, int> Failed { get; init; } = new Dictionary<string, int>();

    /// <summary>Does it add up?</summary>
    [JsonIgnore] public bool Complete => Audience == Sent + Uncertain + Skipped.Values.Sum() + Failed.Values.Sum();
}

/// <summary>JSON of issues' rows.</summary>
public static class IssueJson
{
    public static JsonTypeInfo<Issue> Issue { get; } = RowJson.Options.Of<Issue>();
}

using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Automation.Marketing.Replays;

/// <summary>How far a replay is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ReplayStage>))]
public enum ReplayStage
{
    /// <summary>The shop's past is being read.</summary>
    [JsonStringEnumMemberName("reading")] Reading,

    /// <summary>It is played with the shop as it is published.</summary>
    [JsonStringEnumMemberName("published")] Published,

    /// <summary>It is played with the draft.</summary>
    [JsonStringEnumMemberName("draft")] Draft,
    [JsonStringEnumMemberName("done")] Done,
    [JsonStringEnumMemberName("cancelled")] Cancelled,

    /// <summary>The process ended before it was done.</summary>
    [JsonStringEnumMemberName("cutOff")] CutOff,
    [JsonStringEnumMemberName("failed")] Failed,
}

/// <summary>The last days of the shop, played again on virtual time with its files as they are published and, where
/// there is one, with a draft of some of them (<c>Published</c>, <c>replay</c> · <c>latest</c>).</summary>
public sealed record Replay
{
    /// <summary>Without a word for so long, whoever played it is gone.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMinutes(2);

    /// <summary>Names it; made up.</summary>
    public required string Id { get; init; }

    /// <summary>The name of the key of whoever asked for it.</summary>
    public required string By { get; init; }
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How many days back.</summary>
    public required int Days { get; init; }

    /// <summary>The files that are drafts, with their texts; none: the shop as it is published.</summary>
    public IReadOnlyDictionary<string, string> Drafts { get; init; } = new Dictionary<string, string>();
    public ReplayStage Stage { get; init; }

    /// <summary>Happenings told so far: with the shop as published and with the draft.</summary>
    public int Told { get; init; }

    /// <summary>Of so many; 0: not known yet.</summary>
    public int Of { get; init; }

    /// <summary>When whoever plays it said last how far it is.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The process that plays it.</summary>
    public required string Process { get; init; }

    /// <summary>Somebody wants it to end.</summary>
    public bool IsCalledOff { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it failed; null: it did not.</summary>
    public string? Because { get; init; }

    /// <summary>What came out; null: it is not done.</summary>
    public ReplayReport? Report { get; init; }

    [JsonIgnore] public bool IsRunning => Stage is ReplayStage.Reading or ReplayStage.Published or ReplayStage.Draft;

    /// <summary>As it stands now: what nobody plays any more was cut off. Pure.</summary>
    /// <param name="process">The process that asks.</param>
    /// <param name="isPlayedHere">Does that one play it?</param>
    /// <param name="isAlone">No other process works on these tables.</param>
    public Replay Standing(DateTimeOffset now, string process, bool isPlayedHere, bool isAlone)
    {
        if (!IsRunning || isPlayedHere) return this;
        var isGone = isAlone || Process == process || now - At > Silence;
        return isGone ? this with { Stage = ReplayStage.CutOff, EndedAt = At } : this;
    }
}

/// <summary>What came out of a replay.</summary>
public sealed record ReplayReport
{
    /// <summary>The first day that is counted, on the shop's calendar.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last.</summary>
    public required DateOnly To { get; init; }

    /// <summary>Customers whose past was played.</summary>
    public required int Customers { get; init; }

    /// <summary>Events of the shop that were told, those before the first day too.</summary>
    public required int Events { get; init; }

    /// <summary>Walks and events that could not be played; the log of the real ones says why theirs fail.</summary>
    public int Broken { get; init; }

    /// <summary>What the ledger says really went.</summary>
    public required PeriodFigures Went { get; init; }

    /// <summary>Played with the shop as it is published.</summary>
    public required PeriodFigures Published { get; init; }

    /// <summary>Played with the draft; null: there was none.</summary>
    public PeriodFigures? Draft { get; init; }

    /// <summary>Who would have got what else with the draft.</summary>
    public Differences? Differences { get; init; }
}

/// <summary>JSON of the row.</summary>
public static class ReplayJson
{
    public static JsonTypeInfo<Replay> Replay { get; } = RowJson.Options.Of<Replay>();
}

using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Automation.Marketing.People;
using Automation.Storage;

namespace Automation.Marketing.Journeys;

/// <summary>One customer's walk through one pinned version of a journey: the row is the truth, an orchestration is only
/// its alarm clock.</summary>
public sealed record Enrollment
{
    [JsonIgnore] public EnrollmentId Id { get; init; }

    /// <summary>The version of the journey this walk began with and stays in.</summary>
    public required int Version { get; init; }
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Nothing of it happens before, and it is in nobody's way; null: it has begun.</summary>
    public DateTimeOffset? BeginsAt { get; init; }

    /// <summary>What started it.</summary>
    public required ShopEvent Trigger { get; init; }
    public required Walk Walk { get; init; }

    /// <summary>The order it began with, until the first round is done: the order's own row is written after the
    /// enrollment's.</summary>
    public Order? Order { get; init; }

    /// <summary>Where the trace of what started it goes on (traceparent); null: nobody watched.</summary>
    public string? Trace { get; init; }

    /// <summary>Rounds of AdvanceJourney done so far; tells a repeated round from the next one.</summary>
    public int Turn { get; init; }

    /// <summary>Nothing is due before.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Events that reached this enrollment and are not yet considered.</summary>
    public IReadOnlyList<ShopEvent> Heard { get; init; } = [];

    /// <summary>What its own order went through, considered already (<see cref="OwnOrder"/>); null: nothing the journey
    /// asks for.</summary>
    public IReadOnlyList<ShopEvent>? Happened { get; init; }

    /// <summary>Until when a mail of unknown outcome may be repeated; null: there is none.</summary>
    public DateTimeOffset? UnsettledUntil { get; init; }

    public Outcome? Outcome { get; init; }
    public string? Because { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When the journey's goal was reached.</summary>
    public DateTimeOffset? GoalAt { get; init; }

    /// <summary>The code it took last; null: none.</summary>
    public Coupon? Coupon { get; init; }

    /// <summary>The pool it waits for a code of; null: it waits for none.</summary>
    public string? AwaitsPool { get; init; }

    /// <summary>By which move it came into its version; null: it began in it.</summary>
    public MoveMark? Mark { get; init; }

    /// <summary>The places by which the ledger knows effects of a walk that was moved, where they differ from the
    /// step's (<see cref="LedgerNames"/>); null: none does.</summary>
    public IReadOnlyDictionary<string, string>? Ledger { get; init; }

    [JsonIgnore] public bool IsLive => Outcome is null;

    /// <summary>What the effect of the step it stands at is for: the same for ever, also in another version.</summary>
    [JsonIgnore] public string Reason => $"{Id}@{LedgerName(Walk.Cursor)}";

    /// <summary>By which place the ledger knows a step's effect.</summary>
    public string LedgerName(string cursor) => Ledger?.GetValueOrDefault(cursor) ?? cursor;

    /// <summary>Did the event reach it before?</summary>
    public bool Knows(string eventId) =>
        Heard.Any(one => one.Id == eventId) || Happened?.Any(one => one.Id == eventId) == true;

    /// <summary>Do events still concern it? Also after its end, as long as one of its mails may be repeated.</summary>
    public bool Hears(DateTimeOffset now) => IsLive || UnsettledUntil > now;

    public static Enrollment Begin(
        EnrollmentId id, int version, ShopEvent trigger, Order? order, DateTimeOffset now) => new()
        {
            Order = order,
            Trace = Tracing.Here,
            Id = id,
            Version = version,
            StartedAt = now,
            Trigger = trigger,
            Walk = Walk.Begin(now),
        };

    /// <summary>What its orchestration is to do as things stand.</summary>
    [JsonIgnore] public Pause Pause => Outcome is { } outcome ? new(null, outcome.ToString()) : new(Until);

    /// <summary>Its hour has come.</summary>
    public Enrollment Begun(DateTimeOffset now) =>
        this with { BeginsAt = null, StartedAt = now, Walk = Walk.Begin(now) };

    /// <summary>It is over.</summary>
    public Enrollment Ended(Outcome outcome, string? because, DateTimeOffset now) =>
        this with { Outcome = outcome, Because = because, EndedAt = now, Until = null };

    public Row Entity() => Documents.Entity(Id.Customer.Value, Id.RowKey, this, JourneyJson.Enrollment);

    public static Stored<Enrollment> Read(Row entity)
    {
        var stored = Documents.Read(entity, JourneyJson.Enrollment);
        var parts = entity.RowKey.Split('|', 3);
        return stored with { Value = stored.Value with { Id = new(new(entity.PartitionKey), parts[1], parts[2]) } };
    }
}

/// <summary>What the orchestration is to do after a round: sleep until then (listening), or end.</summary>
public sealed record Pause(DateTimeOffset? Until, string? Finished = null);

/// <summary>JSON of the rows of enrollments.</summary>
public static class JourneyJson
{
    public static JsonTypeInfo<Enrollment> Enrollment { get; } = new JsonSerializerOptions(
        RowJson.Named)
    { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault }.Of<Enrollment>();
}

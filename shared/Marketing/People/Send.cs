using System.Text.Json.Serialization;

namespace Automation.Marketing.People;

/// <summary>How far a send got. Claimed is only seen while it is under way (or after a kill: then it becomes
/// uncertain).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SendState>))]
public enum SendState
{
    /// <summary>This send is somebody's to carry out; the provider may or may not have been called.</summary>
    [JsonStringEnumMemberName("claimed")] Claimed,

    /// <summary>The provider has taken it.</summary>
    [JsonStringEnumMemberName("accepted")] Accepted,

    /// <summary>It did not and will not go: reason says why (gate, render, provider).</summary>
    [JsonStringEnumMemberName("refused")] Refused,

    /// <summary>The provider was called and did not answer clearly; settled by its events or by policy.</summary>
    [JsonStringEnumMemberName("uncertain")] Uncertain,

    /// <summary>Certainly not accepted, may be tried again (provider busy or unreachable).</summary>
    [JsonStringEnumMemberName("released")] Released,
}

/// <summary>One message to one customer for one reason: a ledger row (<c>Timeline</c>, <c>s|{id}</c>).</summary>
public sealed record Send
{
    /// <summary><c>{customer id}-{16 hex digits}</c>: made from customer and reason, so the same send twice is one row;
    /// opaque to the provider.</summary>
    public required string Id { get; init; }
    public required CustomerId Customer { get; init; }
    public string Channel { get; init; } = "email";
    public required string Mail { get; init; }
    public required Purpose Purpose { get; init; }

    /// <summary>What it was for: <c>{enrollment id}@{cursor}</c>.</summary>
    public required string For { get; init; }
    public required SendState State { get; init; }
    public string? Reason { get; init; }

    /// <summary>When the state was reached.</summary>
    public required DateTimeOffset At { get; init; }
    public int Attempts { get; init; }

    /// <summary>When its outcome was first unknown; null: it never was.</summary>
    public DateTimeOffset? UncertainSince { get; init; }

    /// <summary>Attempts that ended without an answer: each may have been a mail. An answer that says it failed (5xx)
    /// is none of them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int Unanswered { get; init; }

    /// <summary>Attempts made because the outcome of those before was unknown.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public int Repeats { get; init; }

    /// <summary>Uncertain for good, unless the provider still says what became of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool GivenUp { get; init; }

    /// <summary>Its outcome is unknown, and why.</summary>
    public Send Unclear(string reason, bool answered, DateTimeOffset now) => this with
    {
        State = SendState.Uncertain,
        Reason = reason,
        At = now,
        UncertainSince = UncertainSince ?? now,
        Unanswered = Unanswered + (answered ? 0 : 1),
    };

    /// <summary>The provider's id of the request (SendGrid: X-Message-Id).</summary>
    public string? ProviderId { get; init; }
}

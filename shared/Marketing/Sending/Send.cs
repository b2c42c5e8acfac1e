using System.Text.Json.Serialization;
using Automation.Marketing.Customers;
using Automation.Marketing.Journeys;

namespace Automation.Marketing.Sending;

/// <summary>How far a send got. Claimed is only seen while it is under way (or after a kill: then it becomes uncertain).</summary>
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
    /// <summary><c>{customer id}-{16 hex digits}</c>: made from customer and reason, so the same send twice is one row; opaque to the provider.</summary>
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

    /// <summary>The provider's id of the request (SendGrid: X-Message-Id).</summary>
    public string? ProviderId { get; init; }
}

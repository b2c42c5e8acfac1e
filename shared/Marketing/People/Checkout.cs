namespace Automation.Marketing.People;

/// <summary>A checkout somebody has begun, as last told by its source.</summary>
public sealed record Checkout
{
    public required string Source { get; init; }

    /// <summary>The checkout's id at the source.</summary>
    public required string Id { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>It became an order.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Where the customer finds it again.</summary>
    public string? Url { get; init; }
    public decimal? Total { get; init; }
    public string? Currency { get; init; }
    public IReadOnlyList<OrderLine> Lines { get; init; } = [];
}

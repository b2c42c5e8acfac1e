namespace Automation.Marketing.Customers;

/// <summary>
/// What the orders say about a customer. The latest <see cref="Kept"/> orders are kept one by one so that refunds, cancellations and
/// late arrivals correct the figures exactly; older ones only as sums.
/// </summary>
public sealed record OrderFacts
{
    /// <summary>How many orders are kept one by one.</summary>
    public const int Kept = 400;

    public static readonly OrderFacts None = new();

    /// <summary>Ascending by time.</summary>
    public IReadOnlyList<OrderSummary> Latest { get; init; } = [];
    public int OlderCount { get; init; }
    public decimal OlderTotal { get; init; }
    public DateTimeOffset? OlderFirstAt { get; init; }

    /// <summary>The order summed up last: telling it again at once does not count it twice.</summary>
    public string? OlderLastKey { get; init; }
}

/// <summary>One order in a customer's facts.</summary>
public sealed record OrderSummary
{
    /// <summary><c>{source}:{order id}</c>.</summary>
    public required string Key { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>In the shop's currency, before refunds; null where the order was in another currency.</summary>
    public decimal? Total { get; init; }
    public decimal Refunded { get; init; }

    /// <summary>Cancelled, voided or deleted at the source: counts for nothing.</summary>
    public bool Void { get; init; }

    /// <summary><c>{source}:{product id}</c> of what was bought and not returned.</summary>
    public IReadOnlyList<string> Products { get; init; } = [];

    /// <summary>Products that came back: never recommended again.</summary>
    public IReadOnlyList<string> Returned { get; init; } = [];
}

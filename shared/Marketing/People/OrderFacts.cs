namespace Automation.Marketing.People;

/// <summary>What the orders say about a customer. The latest <see cref="Kept"/> orders are kept one by one, older ones
/// only as sums. Refunds, cancellations and late arrivals correct count and total exactly in both: of an older order
/// its own row says what the sums hold of it.</summary>
public sealed record OrderFacts
{
    /// <summary>How many orders are kept one by one.</summary>
    public const int Kept = 400;

    /// <summary>How many tellings of older orders may be under way at once.</summary>
    public const int Told = 20;

    public static readonly OrderFacts None = new();

    /// <summary>Ascending by time.</summary>
    public IReadOnlyList<OrderSummary> Latest { get; init; } = [];
    public int OlderCount { get; init; }
    public decimal OlderTotal { get; init; }

    /// <summary>Of the older ones that counted; stays where that order is cancelled later. Null: the sums are
    /// empty.</summary>
    public DateTimeOffset? OlderFirstAt { get; init; }

    /// <summary>How many orders there were before the first that was told, as the source counts them: those of before
    /// it was connected.</summary>
    public int Untold { get; init; }

    /// <summary>Older orders as the sums hold them, the last <see cref="Told"/> that were told: an order's row is
    /// written after its customer's, and until then does not know.</summary>
    public IReadOnlyList<OrderSummary> OlderTold { get; init; } = [];
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

    /// <summary><c>pos</c>; null: web.</summary>
    public string? Channel { get; init; }

    /// <summary><c>{source}:{product id}</c> of what was bought and not returned.</summary>
    public IReadOnlyList<string> Products { get; init; } = [];

    /// <summary>Products that came back: never recommended again.</summary>
    public IReadOnlyList<string> Returned { get; init; } = [];
}

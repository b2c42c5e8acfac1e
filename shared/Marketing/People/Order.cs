using System.Text.Json.Serialization;

namespace Automation.Marketing.People;

/// <summary>An order as last seen at its source, in our own words. Money is exact; ids are text.</summary>
/// <remarks>What is required is always written, a total of 0 too: rows that leave defaults out could not be read
/// again.</remarks>
public sealed record Order
{
    public required string Source { get; init; }

    /// <summary>The order's id at the source.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it, e.g. <c>#1001</c>.</summary>
    public required string Number { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)] public required DateTimeOffset PlacedAt { get; init; }

    /// <summary>The source's own modification time: what is older than what we have is stale.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)] public required DateTimeOffset UpdatedAt { get; init; }
    public required string Currency { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)] public required decimal Total { get; init; }
    public decimal Refunded { get; init; }
    public DateTimeOffset? PaidAt { get; init; }
    public DateTimeOffset? FulfilledAt { get; init; }
    public bool PartiallyFulfilled { get; init; }
    /// <summary>When all of it was with the customer, as far as anybody told.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }
    public DateTimeOffset? CancelledAt { get; init; }

    /// <summary>The source's own status word, for sources that only tell states (WooCommerce).</summary>
    public string? Status { get; init; }

    /// <summary><c>web</c> or <c>pos</c>.</summary>
    public string Channel { get; init; } = "web";

    /// <summary>How it was paid, in the source's own word: <c>konbini</c>, <c>bacs</c>; null: it does not
    /// say.</summary>
    public string? PaymentMethod { get; init; }

    /// <summary>Codes that were used; null: none.</summary>
    public IReadOnlyList<string>? DiscountCodes { get; init; }

    /// <summary>What the shop's staff marked it with; null: nothing.</summary>
    public IReadOnlyList<string>? Tags { get; init; }
    public bool Test { get; init; }
    public IReadOnlyList<OrderLine> Lines { get; init; } = [];
    public IReadOnlyList<Refund> Refunds { get; init; } = [];

    /// <summary>What was handed to the carrier, as far as the source tells.</summary>
    public IReadOnlyList<Shipment> Shipments { get; init; } = [];

    /// <summary>When shipments arrived, by their ids; <see cref="WholeOrder"/>: all of the order. Null: nobody told of
    /// any.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset>? Deliveries { get; init; }

    /// <summary>The order itself among <see cref="Deliveries"/>.</summary>
    public const string WholeOrder = "";

    /// <summary>When the source deleted it; seen again with a later <see cref="UpdatedAt"/> it is back.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>Only a refund, shipment or deletion was seen so far; the order itself is still to come.</summary>
    public bool Fragment { get; init; }

    /// <summary>Its customer was erased: it never finds one again and says nothing.</summary>
    public bool Erased { get; init; }

    /// <summary>Of what was just told, not kept: no order as long as it is in this status (a cart, unpaid, called off);
    /// news only of one that is known.</summary>
    [JsonIgnore] public bool Unplaced { get; init; }

    /// <summary>Of what was just told, not kept: when it became an order, where that was later than it was
    /// begun.</summary>
    [JsonIgnore] public DateTimeOffset? BecameAt { get; init; }

    /// <summary>Cancelled, or deleted at the source: counts for nothing.</summary>
    public bool IsVoid => CancelledAt is not null || DeletedAt >= UpdatedAt;

    /// <summary>The customer it was placed by; null: an order without anybody we could write to.</summary>
    public People.CustomerId? Customer { get; init; }

    /// <summary>The address this order's mails go to, where it is another than its customer's own.</summary>
    public string? Contact { get; init; }

    /// <summary><c>{source}:{id}</c>.</summary>
    public string Key => $"{Source}:{Id}";
}

/// <summary>One line of an order.</summary>
public sealed record OrderLine
{
    public string? Id { get; init; }

    /// <summary>Null for custom items that are not a product.</summary>
    public string? ProductId { get; init; }
    public string? Sku { get; init; }
    public required string Title { get; init; }
    public string? Variant { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)] public required decimal Quantity { get; init; }

    /// <summary>For one, in the order's currency.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)] public required decimal Price { get; init; }
    public string? Url { get; init; }
    public string? ImageUrl { get; init; }
}

/// <summary>Money that went back, and which lines with it (line id or product id; empty where the source does not
/// say).</summary>
public sealed record Refund(string Id, DateTimeOffset At, decimal Amount, IReadOnlyList<string> Lines)
{
    /// <summary>The id of what a file of the past says was refunded in all; gives way to the source's own
    /// refunds.</summary>
    public const string Imported = "import";

    /// <summary>All that was paid: the source named no amount.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] public bool IsAll { get; init; }
}

/// <summary>Lines that left together: line id → quantity; empty where the shipment was called off.</summary>
public sealed record Shipment(
    string Id, DateTimeOffset At, DateTimeOffset UpdatedAt, IReadOnlyDictionary<string, decimal> Lines);

namespace Automation.Marketing.People;

/// <summary>A product as last seen in an order; the price for one, in the order's currency.</summary>
public sealed record Product
{
    public required string Source { get; init; }
    public required string Id { get; init; }
    public required string Title { get; init; }
    public required decimal Price { get; init; }
    public required string Currency { get; init; }
    public string? Url { get; init; }
    public string? ImageUrl { get; init; }

    /// <summary><c>{source}:{product id}</c>.</summary>
    public string Key => $"{Source}:{Id}";
}

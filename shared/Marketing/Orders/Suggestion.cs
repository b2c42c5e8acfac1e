namespace Automation.Marketing.Orders;

/// <summary>A product others bought next, that this customer has not bought or returned.</summary>
public sealed record Suggestion
{
    public required string ProductId { get; init; }
    public required string Title { get; init; }
    public required string? Url { get; init; }
    public required decimal? Price { get; init; }
    public required string? ImageUrl { get; init; }
}

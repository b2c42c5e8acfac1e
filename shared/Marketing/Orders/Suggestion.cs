namespace Automation.Marketing.Orders;

/// <summary>A product others bought next, that this customer has not bought or returned.</summary>
public sealed record Suggestion(string ProductId, string Title, string? Url, decimal? Price, string? ImageUrl);

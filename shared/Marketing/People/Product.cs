namespace Automation.Marketing.People;

/// <summary>A product as last seen in an order; the price for one, in the order's currency.</summary>
public sealed record Product(
    string Source, string Id, string Title, decimal Price, string Currency, string? Url = null, string? ImageUrl = null)
{
    /// <summary><c>{source}:{product id}</c>.</summary>
    public string Key => $"{Source}:{Id}";
}

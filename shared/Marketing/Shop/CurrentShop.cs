namespace Automation.Marketing.Shop;

/// <summary>The shop's settings as last published: one instance for all, asked whenever they matter.</summary>
public sealed class CurrentShop(ShopSettings? first = null)
{
    private volatile ShopSettings? settings = first;

    /// <exception cref="InvalidOperationException">No shop has been published yet.</exception>
    public ShopSettings Settings
    {
        get => settings ?? throw new InvalidOperationException("No shop has been published yet.");
        set => settings = value;
    }
}

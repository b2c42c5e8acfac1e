using Automation.Marketing.Search;

namespace Automation.Console.Tests;

/// <summary>A shop with an imagined year, so that every page has something to show; one for all tests that look at
/// it.</summary>
public sealed class DemoShop : IAsyncLifetime, IDisposable
{
    public const string Name = "a shop with a year behind it";

    public OpenShop Shop { get; } = new() { Customers = 600 };

    /// <summary>Without quiet hours: the tests run at any hour.</summary>
    public async Task InitializeAsync()
    {
        await Shop.InitializeAsync();
        Shop.KeepScenarios("second-purchase.buys");
        await Shop.Change("shop.json", text =>
            text.Replace("""  "quietHours": { "from": "21:00", "to": "08:00" },""", "", StringComparison.Ordinal));
        // The index by which names are found follows behind.
        await Shop.Product.Get<SearchIndexer>().Run(default);
    }

    public Task DisposeAsync() => Shop.DisposeAsync();
    public void Dispose() => Shop.Dispose();
}

/// <summary>Its tests run one after the other.</summary>
[CollectionDefinition(DemoShop.Name)]
public sealed class DemoShopTests : ICollectionFixture<DemoShop>;
